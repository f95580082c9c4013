// Which blocks of the screen changed lately, and how they were coded: the colors over the picture while the technician looks
// at its figures. Knows no document. One pixel of the tint stands for one block.

import { blockKinds } from "./block-modes.ts";
import type { Update } from "./painter.ts";
import type { Size } from "./placement.ts";

/** A color fades within this time after its block changed, in milliseconds. */
export const fadeMilliseconds = 600;
const blockSide = 16;
const strongestAlpha = 120;

/** Red, green, blue for each of `blockKinds`; the last for blocks of codecs that do not say how. */
export const kindColors = {
  copied: [64, 128, 255],
  remembered: [0, 210, 230],
  corrected: [40, 200, 90],
  exact: [255, 214, 0],
  lossy: [230, 40, 40],
  photo: [240, 90, 220],
  moving: [150, 90, 255],
  unnamed: [255, 140, 0],
} as const;
export type ColoredKind = keyof typeof kindColors;

const kindByNumber = new Map<number, ColoredKind>(
  Object.entries(blockKinds).flatMap(([name, number]) => (name === "untouched" ? [] : [[number, name as ColoredKind]])),
);

export class BlockMarks {
  readonly columns: number;
  readonly rows: number;
  readonly #kinds: (ColoredKind | undefined)[];
  readonly #times: Float64Array;

  constructor({ width, height }: Size) {
    this.columns = Math.ceil(width / blockSide);
    this.rows = Math.ceil(height / blockSide);
    this.#kinds = new Array<ColoredKind | undefined>(this.columns * this.rows);
    this.#times = new Float64Array(this.columns * this.rows).fill(-Infinity);
  }

  /** Takes in what was painted at this time. */
  add({ modes, rectangles }: Update, at: number): void {
    if (modes !== undefined && modes.columns === this.columns) {
      const first = modes.firstRow * this.columns;
      modes.kinds.forEach((number, i) => this.#mark(first + i, kindByNumber.get(number), at));
      return;
    }
    for (const { x, y, width, height } of rectangles) {
      for (let row = Math.floor(y / blockSide); row * blockSide < y + height; row++) {
        for (let column = Math.floor(x / blockSide); column * blockSide < x + width; column++) this.#mark(row * this.columns + column, "unnamed", at);
      }
    }
  }

  /** Writes the tint, red, green, blue and alpha for each block in reading order. Returns the kinds that are seen in it. */
  paint(pixels: Uint8ClampedArray, now: number): ReadonlySet<ColoredKind> {
    const seen = new Set<ColoredKind>();
    for (let block = 0, at = 0; block < this.#kinds.length; block++, at += 4) {
      const kind = this.#kinds[block];
      const left = 1 - (now - (this.#times[block] ?? -Infinity)) / fadeMilliseconds;
      if (kind === undefined || left <= 0) {
        pixels[at + 3] = 0;
        continue;
      }
      seen.add(kind);
      const [red, green, blue] = kindColors[kind];
      pixels[at] = red;
      pixels[at + 1] = green;
      pixels[at + 2] = blue;
      pixels[at + 3] = Math.round(strongestAlpha * Math.min(1, left));
    }
    return seen;
  }

  #mark(block: number, kind: ColoredKind | undefined, at: number): void {
    if (kind === undefined || block >= this.#kinds.length) return;
    this.#kinds[block] = kind;
    this.#times[block] = at;
  }
}
