// Full screen, and the way out of it. Where the browser has Keyboard Lock, Escape, Alt+Tab and the system key go to the
// customer meanwhile, and the browser leaves only when Escape is held down.
//
// The browser takes its time for both, entering and locking, and the technician may change their mind meanwhile: what was asked
// for last counts, and what is said of the way out is true when it is said.

/** How the browser itself leaves: by pressing Escape, or by holding it. */
export type WayOut = "press" | "hold";

export interface FullScreenEvents {
  /** Also when the way out has become another. */
  readonly entered: (wayOut: WayOut) => void;
  readonly left: () => void;
  readonly refused: () => void;
}

interface LockableKeyboard {
  lock?: () => Promise<void>;
  unlock?: () => void;
}

export class FullScreen {
  readonly #events: FullScreenEvents;
  #takesKeys = false;
  #isWanted = false;
  #isSwitching = false;
  /** What was told last; null: nothing since full screen was left. */
  #told: WayOut | null = null;
  /** Counts what changed: the keyboard that was locked for an older state is given back. */
  #turn = 0;
  #isShown = true;

  constructor(events: FullScreenEvents, signal: AbortSignal) {
    this.#events = events;
    document.addEventListener("fullscreenchange", () => void this.#changed(), { signal });
    signal.addEventListener("abort", () => this.#unlock());
  }

  /** Whether this session is the one that is shown: the others leave full screen and keyboard alone. */
  set isShown(shown: boolean) {
    if (!shown) this.#unlock();
    this.#isShown = shown;
    this.#told = null;
    if (shown) void this.#changed();
  }

  get isOn(): boolean {
    return document.fullscreenElement !== null;
  }

  /** Whether keys are the customer's: who only looks keeps Escape. */
  set takesKeys(takes: boolean) {
    if (takes === this.#takesKeys) return;
    this.#takesKeys = takes;
    if (this.isOn && this.#isShown) void this.#tellWayOut();
  }

  async toggle(): Promise<void> {
    this.#isWanted = !(this.#isSwitching ? this.#isWanted : this.isOn);
    await this.#switch();
  }

  async leave(): Promise<void> {
    if (!this.#isShown) return;
    this.#isWanted = false;
    await this.#switch();
  }

  /** One request at a time; another only where the technician wants something else by then. */
  async #switch(): Promise<void> {
    if (this.#isSwitching) return;
    this.#isSwitching = true;
    let asked: boolean | null = null;
    while (this.isOn !== this.#isWanted && asked !== this.#isWanted) {
      asked = this.#isWanted;
      if (asked) await this.#enter();
      else await document.exitFullscreen().catch(() => undefined);
    }
    this.#isSwitching = false;
  }

  async #enter(): Promise<void> {
    try {
      await document.documentElement.requestFullscreen({ navigationUI: "hide" });
    } catch {
      // The browser or its owner does not allow it; the picture stays as it is. Who has asked to leave meanwhile has it so.
      if (this.#isWanted) this.#events.refused();
    }
  }

  async #changed(): Promise<void> {
    if (!this.#isShown) return;
    if (this.isOn) {
      await this.#tellWayOut();
      return;
    }
    this.#unlock();
    this.#told = null;
    this.#events.left();
  }

  async #tellWayOut(): Promise<void> {
    const turn = ++this.#turn;
    const isLocked = this.#takesKeys && (await this.#lock());
    if (turn !== this.#turn) {
      // Whoever came later has decided anew, but for this lock, which came later still.
      if (isLocked && !(this.isOn && this.#takesKeys)) this.#keyboard?.unlock?.();
      return;
    }
    if (!isLocked) this.#keyboard?.unlock?.();
    const wayOut = isLocked ? "hold" : "press";
    if (wayOut === this.#told) return;
    this.#told = wayOut;
    this.#events.entered(wayOut);
  }

  async #lock(): Promise<boolean> {
    const locking = this.#keyboard?.lock?.();
    return locking !== undefined && (await locking.then(() => true, () => false));
  }

  #unlock(): void {
    this.#turn++;
    this.#keyboard?.unlock?.();
  }

  get #keyboard(): LockableKeyboard | undefined {
    return (navigator as { keyboard?: LockableKeyboard }).keyboard;
  }
}
