// Wheel events of all devices and browsers in one unit: 120 = one notch (docs/protocol/06-input.md, WHEEL).

/** What of a WheelEvent counts. */
export interface WheelTurn {
  readonly deltaX: number;
  readonly deltaY: number;
  /** 0 pixels, 1 lines, 2 pages */
  readonly deltaMode: number;
  /** Chromium and Safari: 120 for each notch, upwards and to the left; absent elsewhere. */
  readonly wheelDeltaX?: number;
  readonly wheelDeltaY?: number;
}

/** Whole units to send now. */
export interface WheelUnits {
  readonly dx: number;
  readonly dy: number;
}

const unitsPerNotch = 120;
// One notch is 100 CSS pixels in Chromium, 3 lines in Firefox.
const pixelsPerNotch = 100;
const linesPerNotch = 3;
// A page is more than people expect of one notch, and fewer would feel stuck.
const notchesPerPage = 10;
/** The protocol's limit for one message. */
const maxUnits = 3600;

const unitsByMode = [unitsPerNotch / pixelsPerNotch, unitsPerNotch / linesPerNotch, unitsPerNotch * notchesPerPage];

/** Adds up turns until they make at least one whole unit; the fraction stays for the next turn. */
export class WheelGatherer {
  #x = 0;
  #y = 0;

  add(turn: WheelTurn): void {
    // Shift with a vertical wheel is left as it is: the host's program decides by the Shift key that it sees held.
    const x = unitsOf(turn.deltaX, turn.wheelDeltaX, turn.deltaMode);
    const y = unitsOf(turn.deltaY, turn.wheelDeltaY, turn.deltaMode);
    if (x * this.#x < 0) this.#x = 0;
    if (y * this.#y < 0) this.#y = 0;
    this.#x = clamp(this.#x + x);
    this.#y = clamp(this.#y + y);
  }

  /** What has gathered, in whole units; null when that is nothing. */
  take(): WheelUnits | null {
    const dx = whole(this.#x);
    const dy = whole(this.#y);
    if (dx === 0 && dy === 0) return null;
    this.#x -= dx;
    this.#y -= dy;
    return { dx, dy };
  }

  reset(): void {
    this.#x = this.#y = 0;
  }
}

/** Towards zero, but not because tenths have no exact sum. */
function whole(value: number): number {
  return Math.trunc(value + Math.sign(value) * 1e-6);
}

/** Whole notches of a mouse are told apart where the browser says so: their pixels differ by system and zoom. */
function unitsOf(delta: number, wheelDelta: number | undefined, mode: number): number {
  if (!Number.isFinite(delta) || delta === 0) return 0;
  if (wheelDelta && wheelDelta % unitsPerNotch === 0 && wheelDelta * delta < 0) return -wheelDelta;
  return delta * (unitsByMode[mode] ?? 0);
}

function clamp(value: number): number {
  return Math.max(-maxUnits, Math.min(maxUnits, value));
}
