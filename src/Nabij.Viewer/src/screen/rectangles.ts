// Changed 16x16 blocks to few rectangles for the painter: longest run in a row, then down over equal runs below.

import type { PaintRectangle } from "../session/worker-messages.ts";

/** Side of a block in pixels (docs/protocol/05-screen.md). */
export const blockSize = 16;

/** A part of the picture, in host pixels. */
export type Rectangle = PaintRectangle;

// Each rectangle costs the page one call; beyond this many, whole rows of blocks are cheaper.
const maxRectangles = 256;

/** Cuts a picture into blocks and remembers which changed. */
export class ChangedBlocks {
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly rows: number;
  readonly #marked: Uint8Array;
  /** Room for the search for rectangles. */
  readonly #left: Uint8Array;
  /** Everything that is marked lies in these rows: work is for what changed, not for the size of the screen. */
  #firstRow = 0;
  #lastRow = -1;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.columns = Math.ceil(width / blockSize);
    this.rows = Math.ceil(height / blockSize);
    this.#marked = new Uint8Array(this.columns * this.rows);
    this.#left = new Uint8Array(this.columns * this.rows);
  }

  get isEmpty(): boolean {
    return this.#lastRow < this.#firstRow;
  }

  /** The first row of blocks with a mark; means nothing while there is none. */
  get firstRow(): number {
    return this.#firstRow;
  }

  /** The last row of blocks with a mark; means nothing while there is none. */
  get lastRow(): number {
    return this.#lastRow;
  }

  isMarked(index: number): boolean {
    return this.#marked[index] !== 0;
  }

  /** Marks block number `index` in reading order. */
  mark(index: number): void {
    const row = Math.floor(index / this.columns);
    if (this.isEmpty) this.#firstRow = this.#lastRow = row;
    else if (row < this.#firstRow) this.#firstRow = row;
    else if (row > this.#lastRow) this.#lastRow = row;
    this.#marked[index] = 1;
  }

  markAll(): void {
    this.#marked.fill(1);
    this.#firstRow = 0;
    this.#lastRow = this.rows - 1;
  }

  clear(): void {
    this.#marked.fill(0, this.#firstRow * this.columns, (this.#lastRow + 1) * this.columns);
    this.#firstRow = 0;
    this.#lastRow = -1;
  }

  /** Rectangles that cover every marked block; they do not overlap. */
  rectangles(): Rectangle[] {
    if (this.isEmpty) return [];
    const exact = this.#exactRectangles();
    return exact.length <= maxRectangles ? exact : this.#rowBands();
  }

  #exactRectangles(): Rectangle[] {
    const left = this.#left;
    const start = this.#firstRow * this.columns;
    left.set(this.#marked.subarray(start, (this.#lastRow + 1) * this.columns), start);
    const found: Rectangle[] = [];
    for (let row = this.#firstRow; row <= this.#lastRow; row++) {
      for (let column = 0; column < this.columns; column++) {
        if (left[row * this.columns + column] === 0) continue;
        const across = this.#runLength(left, row, column);
        const down = this.#equalRunsBelow(left, row, column, across);
        for (let r = row; r < row + down; r++) left.fill(0, r * this.columns + column, r * this.columns + column + across);
        found.push(this.#rectangle(column, row, across, down));
        column += across - 1;
      }
    }
    return found;
  }

  #runLength(left: Uint8Array, row: number, column: number): number {
    let across = 1;
    while (column + across < this.columns && left[row * this.columns + column + across] !== 0) across++;
    return across;
  }

  #equalRunsBelow(left: Uint8Array, row: number, column: number, across: number): number {
    let down = 1;
    while (row + down <= this.#lastRow) {
      const start = (row + down) * this.columns + column;
      const before = column > 0 && left[start - 1] !== 0;
      const after = column + across < this.columns && left[start + across] !== 0;
      if (before || after || left.subarray(start, start + across).includes(0)) break;
      down++;
    }
    return down;
  }

  #rowBands(): Rectangle[] {
    const found: Rectangle[] = [];
    for (let row = this.#firstRow; row <= this.#lastRow; row++) {
      const start = row * this.columns;
      const line = this.#marked.subarray(start, start + this.columns);
      const first = line.indexOf(1);
      if (first >= 0) found.push(this.#rectangle(first, row, line.lastIndexOf(1) - first + 1, 1));
    }
    return found;
  }

  #rectangle(column: number, row: number, across: number, down: number): Rectangle {
    const x = column * blockSize;
    const y = row * blockSize;
    return { x, y, width: Math.min(across * blockSize, this.width - x), height: Math.min(down * blockSize, this.height - y) };
  }
}
