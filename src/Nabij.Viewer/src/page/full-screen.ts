// Full screen, and the way out of it. Where the browser has Keyboard Lock, Escape, Alt+Tab and the system key go to the
// customer meanwhile, and the browser leaves only when Escape is held down.

/** How the browser itself leaves: by pressing Escape, or by holding it. */
export type WayOut = "press" | "hold";

export interface FullScreenEvents {
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

  constructor(events: FullScreenEvents, signal: AbortSignal) {
    this.#events = events;
    document.addEventListener("fullscreenchange", () => void this.#changed(), { signal });
  }

  get isOn(): boolean {
    return document.fullscreenElement !== null;
  }

  /** Whether keys are the customer's: who only looks keeps Escape. */
  set takesKeys(takes: boolean) {
    if (takes === this.#takesKeys) return;
    this.#takesKeys = takes;
    if (this.isOn) void this.#changed();
  }

  async toggle(): Promise<void> {
    if (this.isOn) {
      await this.leave();
      return;
    }
    try {
      await document.documentElement.requestFullscreen({ navigationUI: "hide" });
    } catch {
      // The browser or its owner does not allow it; the picture stays as it is.
      this.#events.refused();
    }
  }

  async leave(): Promise<void> {
    if (this.isOn) await document.exitFullscreen().catch(() => undefined);
  }

  async #changed(): Promise<void> {
    const { keyboard } = navigator as { keyboard?: LockableKeyboard };
    if (!this.isOn) {
      keyboard?.unlock?.();
      this.#events.left();
      return;
    }
    if (!this.#takesKeys) keyboard?.unlock?.();
    const isLocked = this.#takesKeys && keyboard?.lock !== undefined && (await keyboard.lock().then(() => true, () => false));
    if (this.isOn) this.#events.entered(isLocked ? "hold" : "press");
  }
}
