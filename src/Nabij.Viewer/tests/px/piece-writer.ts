// Writes pieces of codec 2 pixel by pixel (mode 13 of docs/protocol/05-screen.md): enough for tests of what becomes of an
// update. The real writer is C#, and tests/px/campaign.test.ts compares with it.

import { Probabilities, RangeEncoder } from "./range-encoder.ts";

const side = 16;
const photoMode = 13;
const margin = 2;

/** A block by its number in reading order, and its color. */
export type ColoredBlock = { readonly index: number; readonly red: number; readonly green: number; readonly blue: number };

/** Red, green, blue of a pixel as one number, red first. */
type ColorAt = (x: number, y: number) => number;

/** Blocks coded together: column and row of the first, and how many across and down. */
type BlockRectangle = readonly [column: number, row: number, across: number, down: number];

export class PieceWriter {
  readonly #probabilities = new Probabilities();
  readonly #width: number;
  readonly #height: number;
  readonly #columns: number;
  readonly #pixels: Map<number, number> = new Map();

  /** A picture of this size, black. */
  constructor(width: number, height: number) {
    this.#width = width;
    this.#height = height;
    this.#columns = Math.ceil(width / side);
  }

  /** Rows of blocks of which these get one color each and the others stay. */
  write(firstRow: number, rowCount: number, blocks: readonly ColoredBlock[]): Uint8Array {
    const colors = new Map(blocks.map(({ index, red, green, blue }) => [index, (red << 16) | (green << 8) | blue]));
    const colorAt: ColorAt = (x, y) => colors.get(Math.floor(y / side) * this.#columns + Math.floor(x / side)) as number;
    return this.#write(firstRow, rowCount, new Set(colors.keys()), colorAt);
  }

  /** The whole picture in one piece. */
  writeWhole(colorAt: ColorAt): Uint8Array {
    const rows = Math.ceil(this.#height / side);
    return this.#write(0, rows, new Set(Array(rows * this.#columns).keys()), colorAt);
  }

  #write(firstRow: number, rowCount: number, coded: ReadonlySet<number>, colorAt: ColorAt): Uint8Array {
    const coder = new RangeEncoder(this.#probabilities);
    coder.tree("firstRow", 0, 10, firstRow);
    coder.tree("rowCount", 0, 10, rowCount - 1);
    coder.tree("step", 0, 6, 1);
    coder.bit("sameVectors", 0, 0);
    this.#map(coder, firstRow, rowCount, coded);
    for (const rectangle of this.#groups(firstRow, rowCount, coded)) this.#rectangle(coder, rectangle, colorAt);
    return coder.finish();
  }

  #map(coder: RangeEncoder, firstRow: number, rowCount: number, coded: ReadonlySet<number>): void {
    let wasAny = 0;
    const modeOf = (block: number): number => (coded.has(block) ? photoMode : 0);
    for (let row = firstRow; row < firstRow + rowCount; row++) {
      const line = Array.from({ length: this.#columns }, (_, column) => row * this.#columns + column);
      const any = line.some((block) => coded.has(block)) ? 1 : 0;
      coder.bit("rowAny", wasAny, any);
      wasAny = any;
      if (any === 0) continue;
      let left = 0;
      for (const block of line) {
        const upper = row > firstRow ? modeOf(block - this.#columns) : 0;
        left = this.#mode(coder, modeOf(block), left, upper);
      }
    }
  }

  #mode(coder: RangeEncoder, mode: number, left: number, upper: number): number {
    coder.bit("sameAsLeft", left * 16 + upper, mode === left ? 0 : 1);
    if (mode === left) return mode;
    if (upper !== left) {
      coder.bit("sameAsUpper", left * 16 + upper, mode === upper ? 0 : 1);
      if (mode === upper) return mode;
    }
    coder.tree("mode", left * 16, 4, mode);
    return mode;
  }

  *#groups(firstRow: number, rowCount: number, coded: ReadonlySet<number>): Iterable<BlockRectangle> {
    const free = new Set(coded);
    for (let block = firstRow * this.#columns; block < (firstRow + rowCount) * this.#columns; block++) {
      if (!free.has(block)) continue;
      const column = block % this.#columns;
      const row = Math.floor(block / this.#columns);
      let across = 1;
      while (column + across < this.#columns && free.has(block + across)) across++;
      const run = (down: number): number[] => Array.from({ length: across }, (_, i) => block + down * this.#columns + i);
      let down = 1;
      while (row + down < firstRow + rowCount && run(down).every((other) => free.has(other))) down++;
      for (let i = 0; i < down; i++) run(i).forEach((taken) => free.delete(taken));
      yield [column, row, across, down];
    }
  }

  #rectangle(coder: RangeEncoder, [column, row, across, down]: BlockRectangle, colorAt: ColorAt): void {
    for (let y = row * side; y < Math.min((row + down) * side, this.#height); y++) {
      for (let x = column * side; x < Math.min((column + across) * side, this.#width); x++) {
        this.#photoPixel(coder, x, y, colorAt(x, y));
      }
    }
  }

  #photoPixel(coder: RangeEncoder, x: number, y: number, color: number): void {
    const [w, n, nw, ne] = [this.#at(x - 1, y), this.#at(x, y - 1), this.#at(x - 1, y - 1), this.#at(x + 1, y - 1)];
    const green = (pixel: number): number => (pixel >> 8) & 255;
    const steepest = Math.max(Math.abs(green(w) - green(nw)), Math.abs(green(n) - green(nw)), Math.abs(green(n) - green(ne)));
    const model = steepest <= 2 ? steepest : Math.min(31 - Math.clz32(steepest - 1) + 2, 7);
    literal(coder, `photo${model}`, [w, n, nw], color);
    this.#pixels.set((y + margin) * (this.#width + 2 * margin) + x + margin, color);
  }

  #at(x: number, y: number): number {
    return this.#pixels.get((y + margin) * (this.#width + 2 * margin) + x + margin) ?? 0;
  }
}

function literal(coder: RangeEncoder, model: string, neighbors: readonly [number, number, number], color: number): void {
  const channel = (pixel: number, shift: number): number => (pixel >> shift) & 255;
  const [w, n, nw] = neighbors.map((pixel) => channel(pixel, 8)) as [number, number, number];
  const green = channel(color, 8);
  let before = residual(coder, model, 0, 0, green - median(w, n, w + n - nw));
  [0, 16].forEach((shift, i) => {
    const [a, b, c] = [channel(neighbors[0], shift) - w, channel(neighbors[1], shift) - n, channel(neighbors[2], shift) - nw];
    const foretold = Math.min(Math.max(green + median(a, b, a + b - c), 0), 255);
    const surroundings = before === 0 ? 0 : Math.abs(before) <= 2 ? 1 : 2;
    before = residual(coder, model, i + 1, surroundings, channel(color, shift) - foretold);
  });
}

function residual(coder: RangeEncoder, model: string, channel: number, surroundings: number, difference: number): number {
  const signed = (difference << 24) >> 24;
  const place = channel * 3 + surroundings;
  coder.bit(`${model} zero`, place, signed === 0 ? 0 : 1);
  if (signed === 0) return 0;
  coder.bit(`${model} sign`, channel, signed < 0 ? 1 : 0);
  const size = Math.abs(signed);
  const bits = 31 - Math.clz32(size);
  for (let at = 0; at < 7 && at <= bits; at++) coder.bit(`${model} length`, place * 8 + at, at < bits ? 1 : 0);
  let result = 1;
  for (let i = 0; i < Math.min(bits, 2); i++) {
    const bit = (size >> (bits - 1 - i)) & 1;
    coder.bit(`${model} upper`, (channel * 8 + bits) * 3 + (i === 0 ? 0 : 1 + (result & 1)), bit);
    result = (result << 1) | bit;
  }
  if (bits > 2) coder.evenBits(bits - 2, size);
  return signed;
}

function median(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
