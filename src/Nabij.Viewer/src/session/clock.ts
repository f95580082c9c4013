// Time, as a value that tests can move by hand.

export type Cancel = () => void;

export type Clock = {
  /** Milliseconds of a steady clock. */
  readonly now: () => number;
  /** Milliseconds of the wall clock, which goes on while the computer sleeps. */
  readonly wall: () => number;
  /** Runs the action once, after so many milliseconds, unless cancelled. */
  readonly after: (milliseconds: number, action: () => void) => Cancel;
};

export const systemClock: Clock = {
  now: () => performance.now(),
  wall: () => Date.now(),
  after: (milliseconds, action) => {
    const timer = setTimeout(action, milliseconds);
    return () => clearTimeout(timer);
  },
};
