// What of a picture is kept, and what of it is blacked out: rectangles in its own pixels. Each begins at one corner and ends
// at the other, dragged, clicked, or by keys. Knows no document.

export type EditingTool = "black-out" | "part";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Part extends Point {
  readonly width: number;
  readonly height: number;
}

/** A slip of the hand makes nothing. */
const smallestSide = 2;
/** More do not make anything clearer. */
const mostBlackOuts = 200;

interface Step {
  readonly part: Part;
  readonly blackOuts: readonly Part[];
}

export class PictureEditing {
  readonly #whole: Part;
  readonly #steps: Step[] = [];
  #now: Step;
  tool: EditingTool = "black-out";
  #corner: Point | null = null;

  constructor(width: number, height: number) {
    this.#whole = { x: 0, y: 0, width, height };
    this.#now = { part: this.#whole, blackOuts: [] };
  }

  /** What is kept. */
  get part(): Part {
    return this.#now.part;
  }

  get isWhole(): boolean {
    return this.#now.part === this.#whole;
  }

  get blackOuts(): readonly Part[] {
    return this.#now.blackOuts;
  }

  /** The first corner of what is being marked; null: nothing is. */
  get corner(): Point | null {
    return this.#corner;
  }

  get mayUndo(): boolean {
    return this.#steps.length > 0;
  }

  begin(at: Point): void {
    this.#corner = this.#within(at);
  }

  cancel(): void {
    this.#corner = null;
  }

  /** What the mark would be with its other corner here; null without a first one. */
  draft(at: Point): Part | null {
    const from = this.#corner;
    if (from === null) return null;
    const to = this.#within(at);
    const [x, y] = [Math.min(from.x, to.x), Math.min(from.y, to.y)];
    return { x, y, width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y) };
  }

  /** Ends the mark. False: it is too small to be meant, and nothing changes. */
  end(at: Point): boolean {
    const made = this.draft(at);
    this.#corner = null;
    if (made === null || made.width < smallestSide || made.height < smallestSide || this.#now.blackOuts.length >= mostBlackOuts) return false;
    this.#steps.push(this.#now);
    this.#now = this.tool === "part" ? { ...this.#now, part: made } : { ...this.#now, blackOuts: [...this.#now.blackOuts, made] };
    return true;
  }

  undo(): void {
    this.#corner = null;
    this.#now = this.#steps.pop() ?? this.#now;
  }

  /** All of it again; what is blacked out stays so. */
  keepWhole(): void {
    if (this.isWhole) return;
    this.#steps.push(this.#now);
    this.#now = { ...this.#now, part: this.#whole };
  }

  #within({ x, y }: Point): Point {
    return { x: Math.round(Math.min(Math.max(x, 0), this.#whole.width)), y: Math.round(Math.min(Math.max(y, 0), this.#whole.height)) };
  }
}
