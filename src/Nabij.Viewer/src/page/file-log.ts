// The files of a session as the page keeps them: where each stands, how fast they go, and how long that will take. Bounded by
// the offers of a session. Knows no document.

import { fileLimits } from "../protocol/files.ts";
import type { TransferReport } from "../session/transfer-reports.ts";

/** Speed is that of the last seconds. */
const spanMilliseconds = 5_000;
/** Before so much of it has passed nothing is said of speed. */
const leastMilliseconds = 800;

type Sample = { readonly at: number; readonly bytes: number };

/** All files since there was last nothing to do. */
export type Overall = {
  readonly files: number;
  readonly ended: number;
  readonly size: number;
  readonly done: number;
  /** Bytes a second; null: not known yet, or nothing moves. */
  readonly speed: number | null;
};

export class FileLog {
  readonly #transfers = new Map<number, TransferReport>();
  /** Those that count in the overall line. */
  #batch = new Set<number>();
  #samples: Sample[] = [];
  #moved = 0;
  #offered = 0;

  /** In the order in which they were offered. */
  get transfers(): Iterable<TransferReport> {
    return this.#transfers.values();
  }

  get(id: number): TransferReport | undefined {
    return this.#transfers.get(id);
  }

  get isEmpty(): boolean {
    return this.#transfers.size === 0;
  }

  /** So many files may still be offered to the customer. */
  get offersLeft(): number {
    return fileLimits.mostOffers - this.#offered;
  }

  /** Files that ending would cut off: all that have begun or wait, but for those that the technician has not accepted. */
  get inFlight(): TransferReport[] {
    return [...this.#transfers.values()].filter(isInFlight);
  }

  /** Groups of the customer's files that the technician has not answered yet. */
  get unanswered(): TransferReport[][] {
    const groups = new Map<number, TransferReport[]>();
    for (const one of this.#transfers.values()) {
      if (isOwn(one) || one.isAccepted || one.end !== null) continue;
      groups.set(one.group, [...(groups.get(one.group) ?? []), one]);
    }
    return [...groups.values()];
  }

  get overall(): Overall {
    let [size, done, ended] = [0, 0, 0];
    for (const id of this.#batch) {
      const one = this.#transfers.get(id);
      if (one === undefined || (one.end !== null && "reason" in one.end)) {
        ended++;
        continue;
      }
      size += one.size;
      done += one.done;
      if (one.end !== null) ended++;
    }
    return { files: this.#batch.size, ended, size, done, speed: this.#speed };
  }

  /** How many arrived, and how many did not. */
  get outcome(): { readonly arrived: number; readonly failed: number } {
    let [arrived, failed] = [0, 0];
    for (const { end } of this.#transfers.values()) {
      if (end === null) continue;
      if ("name" in end) arrived++;
      else failed++;
    }
    return { arrived, failed };
  }

  /** Files were given to the worker to offer. */
  offered(count: number): void {
    this.#offered += count;
  }

  take(reports: readonly TransferReport[], now: number): void {
    const wasIdle = !this.#isBusy;
    if (wasIdle) {
      this.#batch = new Set();
      this.#samples = [];
    }
    for (const report of reports) {
      this.#moved += Math.max(0, report.done - (this.#transfers.get(report.id)?.done ?? 0));
      this.#transfers.set(report.id, report);
      if (report.isAccepted) this.#batch.add(report.id);
    }
    this.#sample(now);
  }

  /** Time goes on: a line that stands still gets slower. */
  tick(now: number): void {
    if (this.#isBusy) this.#sample(now);
  }

  /** Seconds until this file is there at the speed of now; null: nobody knows. */
  secondsLeft(rest: number): number | null {
    const speed = this.#speed;
    return speed === null ? null : rest / speed;
  }

  get #isBusy(): boolean {
    for (const one of this.#transfers.values()) if (isInFlight(one)) return true;
    return false;
  }

  get #speed(): number | null {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    if (first === undefined || last === undefined || last.at - first.at < leastMilliseconds) return null;
    const speed = ((last.bytes - first.bytes) * 1000) / (last.at - first.at);
    return speed > 0 ? speed : null;
  }

  #sample(now: number): void {
    this.#samples.push({ at: now, bytes: this.#moved });
    while ((this.#samples[1]?.at ?? now) < now - spanMilliseconds) this.#samples.shift();
  }
}

/** The technician sends it. */
export function isOwn({ id }: { readonly id: number }): boolean {
  return id % 2 === 1;
}

function isInFlight(one: TransferReport): boolean {
  return one.end === null && one.isAccepted;
}
