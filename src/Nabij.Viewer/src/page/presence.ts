// Whether somebody is at the desk. Its list is live all day, which is no use of a sign-in: the server is told of real input at
// this page, at most once a minute, and asked how long the sign-in lasts, so that its end is announced a minute before. What
// another page of the same sign-in does counts too, because the server is asked again before anything is said.

import { DeskProblem } from "./desk-api.ts";

/** How long the sign-in lasts if nobody does anything. */
export interface SignInLeft {
  readonly seconds: number;
  /** It would end because nobody was there; false when it ends by its age, which nothing puts off. */
  readonly isIdle: boolean;
}

export interface PresenceCalls {
  /** Asks, and changes nothing. */
  readonly left: () => Promise<SignInLeft>;
  /** Says that somebody is there. */
  readonly here: () => Promise<SignInLeft>;
}

export interface PresenceEvents {
  /** A minute or less is left. */
  readonly ending: (left: SignInLeft) => void;
  /** It goes on after all. */
  readonly goesOn: () => void;
  /** Nobody is signed in any more. Told once. */
  readonly over: () => void;
}

/** The page's clock and timers; a test brings its own. */
export interface PresenceTime {
  readonly now: () => number;
  readonly after: (milliseconds: number, act: () => void) => () => void;
}

const tellMilliseconds = 60_000;
const warnMilliseconds = 60_000;
/** After the end itself, so that the server agrees. */
const afterEndMilliseconds = 1_000;
const retryMilliseconds = 15_000;
/** Input that a person makes. A pointer that only seems to move, because the page moved under it, is told apart by its place. */
const inputs = ["keydown", "pointerdown", "pointermove", "wheel"] as const;

const pageTime: PresenceTime = {
  now: () => performance.now(),
  after: (milliseconds, act) => {
    const timer = setTimeout(act, milliseconds);
    return () => clearTimeout(timer);
  },
};

export class Presence {
  readonly #calls: PresenceCalls;
  readonly #events: PresenceEvents;
  readonly #time: PresenceTime;
  #cancel: () => void = () => undefined;
  /** The page itself was a request a moment ago. */
  #told: number;
  #isAsking = false;
  #isEnding = false;
  #isOver = false;
  #place = "";

  constructor(calls: PresenceCalls, events: PresenceEvents, time: PresenceTime = pageTime) {
    this.#calls = calls;
    this.#events = events;
    this.#time = time;
    this.#told = time.now();
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Listens to a page from now on. */
  begin(page: Document): void {
    for (const name of inputs) page.addEventListener(name, (event) => this.#input(event), { capture: true, passive: true });
    // Timers stand still while a computer sleeps.
    page.addEventListener("visibilitychange", () => {
      if (page.visibilityState === "visible") void this.look();
    });
    void this.look();
  }

  /** Asks how long it lasts. */
  look(): Promise<void> {
    return this.#ask(() => this.#calls.left());
  }

  /** Somebody is there. */
  used(): void {
    const now = this.#time.now();
    if (!this.#isEnding && now - this.#told < tellMilliseconds) return;
    if (this.#isAsking) return;
    this.#told = now;
    void this.#ask(() => this.#calls.here());
  }

  #input(event: Event): void {
    if (!event.isTrusted) return;
    if (event.type === "pointermove") {
      const { screenX, screenY } = event as PointerEvent;
      const place = `${screenX} ${screenY}`;
      const isFirst = this.#place === "";
      if (place === this.#place) return;
      this.#place = place;
      if (isFirst) return;
    }
    this.used();
  }

  async #ask(call: () => Promise<SignInLeft>): Promise<void> {
    if (this.#isOver || this.#isAsking) return;
    this.#isAsking = true;
    try {
      this.#heard(await call());
    } catch (error) {
      if (error instanceof DeskProblem && error.text === "problem.signedOut") this.#end();
      else this.#again(retryMilliseconds);
    } finally {
      this.#isAsking = false;
    }
  }

  #heard(left: SignInLeft): void {
    const milliseconds = left.seconds * 1000;
    if (milliseconds > warnMilliseconds) {
      this.#again(milliseconds - warnMilliseconds);
      if (!this.#isEnding) return;
      this.#isEnding = false;
      this.#events.goesOn();
      return;
    }
    this.#again(milliseconds + afterEndMilliseconds);
    if (this.#isEnding) return;
    this.#isEnding = true;
    this.#events.ending(left);
  }

  #again(milliseconds: number): void {
    this.#cancel();
    this.#cancel = this.#time.after(milliseconds, () => void this.look());
  }

  #end(): void {
    this.#isOver = true;
    this.#cancel();
    this.#events.over();
  }
}
