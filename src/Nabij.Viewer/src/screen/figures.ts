// What the technician can see of how the picture comes: five times on its way, how long a key takes to show, how often and
// how much. Gathers samples of the last seconds and makes figures of them. Knows no document; milliseconds throughout, of
// the clock of page and worker (performance.timeOrigin + performance.now()) unless said otherwise.

import type { Update } from "./painter.ts";

/** Figures are of this much time. */
const windowMilliseconds = 3_000;
/** The most samples kept of each kind, whatever comes. */
const maximumSamples = 600;
/** A press that shows nothing within this time has no echo. */
const echoLimit = 1_000;
/** The fastest way here is looked for in this much time: clocks drift apart. */
const clockMilliseconds = 30_000;

/** null: nothing to say. All but the first two are medians in milliseconds. */
export interface Figures {
  readonly framesPerSecond: number;
  readonly kilobytesPerSecond: number;
  /** From the technician's key or button to the socket. */
  readonly input: number | null;
  /** To the server and back. */
  readonly roundTrip: number | null;
  /** From capture to arrival, over the fastest of the last half minute: the clocks of both sides cannot be compared otherwise. */
  readonly arrival: number | null;
  readonly decode: number | null;
  readonly paint: number | null;
  /** From a press to the first painted update that the host captured after input. */
  readonly echo: number | null;
}

/** Numbers of the last seconds. */
class Samples {
  #samples: { readonly at: number; readonly value: number }[] = [];

  add(at: number, value: number): void {
    this.#samples.push({ at, value });
    if (this.#samples.length > maximumSamples) this.#samples.shift();
  }

  since(time: number): readonly number[] {
    this.#samples = this.#samples.filter(({ at }) => at > time);
    return this.#samples.map(({ value }) => value);
  }

  median(time: number): number | null {
    const values = [...this.since(time)].sort((a, b) => a - b);
    return values[Math.floor((values.length - 1) / 2)] ?? null;
  }

  sum(time: number): number {
    return this.since(time).reduce((sum, value) => sum + value, 0);
  }
}

/** The least of the last half minute, at least, in two buckets. */
class LeastOfLate {
  #begin = -Infinity;
  #before = Infinity;
  #now = Infinity;

  add(at: number, value: number): number {
    if (at - this.#begin > clockMilliseconds) {
      this.#before = at - this.#begin > 2 * clockMilliseconds ? Infinity : this.#now;
      this.#now = Infinity;
      this.#begin = at;
    }
    this.#now = Math.min(this.#now, value);
    return Math.min(this.#now, this.#before);
  }
}

export class FigureGatherer {
  readonly #kinds = {
    frames: new Samples(), bytes: new Samples(), input: new Samples(), roundTrip: new Samples(),
    arrival: new Samples(), decode: new Samples(), paint: new Samples(), echo: new Samples(),
  };
  readonly #clocks = new LeastOfLate();
  /** The oldest press without an answer. */
  #pressedAt: number | null = null;

  /** The technician pressed a key or a button. */
  pressed(at: number): void {
    if (this.#pressedAt === null || at - this.#pressedAt > echoLimit) this.#pressedAt = at;
  }

  inputSent(at: number, milliseconds: number): void {
    this.#kinds.input.add(at, milliseconds);
  }

  roundTrip(at: number, milliseconds: number): void {
    this.#kinds.roundTrip.add(at, milliseconds);
  }

  /** One frame with these updates was painted. */
  painted(updates: readonly Update[], paintedAt: number): void {
    this.#kinds.frames.add(paintedAt, 1);
    for (const update of updates) {
      const { arrivedAt, captured, bytes } = update;
      this.#kinds.bytes.add(paintedAt, bytes);
      const way = arrivedAt - captured / 1000;
      this.#kinds.arrival.add(paintedAt, way - this.#clocks.add(paintedAt, way));
      this.#kinds.decode.add(paintedAt, update.decodeMicroseconds / 1000);
      this.#kinds.paint.add(paintedAt, paintedAt - update.decodedAt);
      if (update.echo) this.#echoed(arrivedAt, paintedAt);
    }
  }

  take(now: number): Figures {
    const since = now - windowMilliseconds;
    const perSecond = 1000 / windowMilliseconds;
    const { frames, bytes, input, roundTrip, arrival, decode, paint, echo } = this.#kinds;
    return {
      framesPerSecond: frames.sum(since) * perSecond,
      kilobytesPerSecond: (bytes.sum(since) * perSecond) / 1000,
      input: input.median(since),
      roundTrip: roundTrip.median(since),
      arrival: arrival.median(since),
      decode: decode.median(since),
      paint: paint.median(since),
      echo: echo.median(since),
    };
  }

  #echoed(arrivedAt: number, paintedAt: number): void {
    if (this.#pressedAt === null || arrivedAt <= this.#pressedAt) return;
    if (paintedAt - this.#pressedAt <= echoLimit) this.#kinds.echo.add(paintedAt, paintedAt - this.#pressedAt);
    this.#pressedAt = null;
  }
}
