// Counts the time that a technician works in a session: while it is active, unless the technician has paused the count. Knows
// no document and no timer; whoever asks says what time it is.

export class WorkClock {
  #seconds = 0;
  #runsSince: number | null = null;
  #isActive = false;
  #isPaused = false;

  /** Goes on from what was counted before, in seconds. */
  begin(counted: number): void {
    this.#seconds = Math.max(this.#seconds, counted);
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  get isRunning(): boolean {
    return this.#runsSince !== null;
  }

  /** Whether the session is active. */
  work(isActive: boolean, now: number): void {
    this.#isActive = isActive;
    this.#settle(now);
  }

  pause(isPaused: boolean, now: number): void {
    this.#isPaused = isPaused;
    this.#settle(now);
  }

  /** Whole seconds. */
  counted(now: number): number {
    const running = this.#runsSince === null ? 0 : Math.max(0, now - this.#runsSince) / 1000;
    return Math.floor(this.#seconds + running);
  }

  #settle(now: number): void {
    const runs = this.#isActive && !this.#isPaused;
    if (this.#runsSince !== null) this.#seconds += Math.max(0, now - this.#runsSince) / 1000;
    this.#runsSince = runs ? now : null;
  }
}

/** The organization's unit of time; 0 minutes is to the second. The server rounds the same way (WorkUnit.cs). */
export interface WorkUnit {
  readonly minutes: number;
  readonly rounding: "up" | "nearest";
}

export function roundWork({ minutes, rounding }: WorkUnit, seconds: number): number {
  const unit = minutes * 60;
  if (unit === 0) return seconds;
  return (rounding === "nearest" ? Math.floor(seconds / unit + 0.5) : Math.ceil(seconds / unit)) * unit;
}

/** What a technician types as a duration, in seconds: `1:30` is an hour and a half, `90` is 90 minutes. null: not a duration of a day at most. */
export function workOf(typed: string): number | null {
  const match = /^\s*(?:(\d{1,2})[:.])?(\d{1,4})\s*$/.exec(typed);
  if (match === null) return null;
  const [hours, minutes] = [Number(match[1] ?? 0), Number(match[2])];
  if (match[1] !== undefined && minutes > 59) return null;
  const seconds = hours * 3600 + minutes * 60;
  return seconds <= 86_400 ? seconds : null;
}
