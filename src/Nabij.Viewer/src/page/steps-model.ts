// What the first steps at the desk show, and whether: knows no document. This browser remembers for each account that they
// were put away; where it keeps nothing they come back at the next visit.

/** The steps in their order; each has a title and a text of its own. */
export const steps = ["code", "waiting", "consent", "panel", "safety", "end", "account"] as const;
export type Step = (typeof steps)[number];

/** The part of a browser's storage that is used. */
export type Memory = Pick<Storage, "getItem" | "setItem">;

const putAway = "put-away";

export class StepsModel {
  readonly #memory: Memory | null;
  readonly #key: string;
  #index = 0;
  #isShown: boolean;

  /** @param memory null where the browser gives the page none. */
  constructor(memory: Memory | null, technicianId: string) {
    this.#memory = memory;
    this.#key = `nabij-first-steps-${technicianId}`;
    this.#isShown = this.#remembered() !== putAway;
  }

  get step(): Step {
    return steps[this.#index] ?? steps[0];
  }

  /** Counted from one, for people. */
  get number(): number {
    return this.#index + 1;
  }

  get isShown(): boolean {
    return this.#isShown;
  }

  get isFirst(): boolean {
    return this.#index === 0;
  }

  get isLast(): boolean {
    return this.#index === steps.length - 1;
  }

  next(): void {
    if (this.isLast) this.putAway();
    else this.#index++;
  }

  back(): void {
    if (!this.isFirst) this.#index--;
  }

  putAway(): void {
    this.#isShown = false;
    try {
      this.#memory?.setItem(this.#key, putAway);
    } catch {
      // Full, or forbidden: then they come back at the next visit.
    }
  }

  bringBack(): void {
    this.#index = 0;
    this.#isShown = true;
  }

  #remembered(): string | null {
    try {
      return this.#memory?.getItem(this.#key) ?? null;
    } catch {
      return null;
    }
  }
}
