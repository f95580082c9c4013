// Saves a note while it is typed: a second after the last key, and ten seconds after the first one that is not saved at the
// latest, however steadily somebody types. One save at a time; what is typed meanwhile goes with the next. Knows no document.

import type { Later } from "../input/keyboard.ts";

/** What the server says to a save. `revision` when it is kept. */
export type SaveAnswer = { readonly kept: true; readonly revision: number } | { readonly kept: false; readonly why: "changed" | "closed" | "failed" };

/** Where the note stands: nothing typed yet, kept, on its way, or why it is not kept. */
export type NoteState = "empty" | "kept" | "typing" | "failed" | "changed" | "closed";

export interface NoteKeeperEvents {
  readonly save: (text: string, revision: number) => Promise<SaveAnswer>;
  readonly changed: (state: NoteState) => void;
  readonly later: Later;
  /** Milliseconds on the clock of `later`. */
  readonly now: () => number;
}

const restMilliseconds = 1_000;
const longestMilliseconds = 10_000;
const retryMilliseconds = 5_000;

export class NoteKeeper {
  readonly #events: NoteKeeperEvents;
  #text = "";
  #revision = 0;
  #kept = "";
  #state: NoteState = "empty";
  #isOpen = false;
  #isSaving = false;
  /** When the first letter was typed that no save has taken along yet. */
  #unsavedSince: number | null = null;
  #cancel: (() => void) | null = null;

  constructor(events: NoteKeeperEvents) {
    this.#events = events;
  }

  get state(): NoteState {
    return this.#state;
  }

  get text(): string {
    return this.#text;
  }

  /** Whether there is something that the server does not have. */
  get isUnsaved(): boolean {
    return this.#text !== this.#kept;
  }

  /** The server can take the note now, and has this one. What was typed before stays, below it. */
  open(text: string, revision: number): string {
    this.#isOpen = true;
    this.#kept = text;
    this.#revision = revision;
    if (text !== "" && text !== this.#text) this.#text = this.#text === "" ? text : `${text}\n${this.#text}`;
    this.#enter(this.isUnsaved ? "typing" : text === "" ? "empty" : "kept");
    if (this.isUnsaved) this.#plan(0);
    return this.#text;
  }

  /** The whole text, as it is now. */
  type(text: string): void {
    this.#text = text;
    this.#unsavedSince ??= this.#events.now();
    if (this.#state === "changed" || this.#state === "closed") return;
    this.#enter("typing");
    this.#planRest();
  }

  /** Saves at once what is not saved yet. */
  flush(): void {
    if (this.isUnsaved && this.#state !== "changed" && this.#state !== "closed") this.#plan(0);
  }

  /** Another window has saved another text: the technician wants this one kept in its place. */
  insist(revision: number): void {
    this.#revision = revision;
    this.#enter("typing");
    this.#plan(0);
  }

  /** The technician takes what the other window saved. */
  take(text: string, revision: number): void {
    this.#text = this.#kept = text;
    this.#revision = revision;
    this.#enter("kept");
  }

  /** After a rest, and never later than the first letter that waits can wait. */
  #planRest(): void {
    const now = this.#events.now();
    this.#plan(Math.max(0, Math.min(restMilliseconds, (this.#unsavedSince ?? now) + longestMilliseconds - now)));
  }

  #plan(milliseconds: number): void {
    this.#cancel?.();
    this.#cancel = null;
    if (!this.#isOpen || this.#isSaving) return;
    if (milliseconds === 0) void this.#save();
    else this.#cancel = this.#events.later(milliseconds, () => void this.#save());
  }

  async #save(): Promise<void> {
    this.#unsavedSince = null;
    if (!this.isUnsaved) {
      this.#enter(this.#kept === "" ? "empty" : "kept");
      return;
    }
    this.#isSaving = true;
    const text = this.#text;
    const answer = await this.#events.save(text, this.#revision);
    this.#isSaving = false;
    if (answer.kept) {
      this.#kept = text;
      this.#revision = answer.revision;
      this.#enter(this.isUnsaved ? "typing" : "kept");
      if (this.isUnsaved) this.#planRest();
      return;
    }
    this.#enter(answer.why);
    if (answer.why === "failed") this.#plan(retryMilliseconds);
  }

  #enter(state: NoteState): void {
    this.#state = state;
    this.#events.changed(state);
  }
}

/** What a template's places are filled in with; what comes from a customer is text. */
export type NoteValues = Readonly<Record<"customer" | "computer" | "technician" | "date" | "time" | "worked", string>>;

export function fillTemplate(template: string, values: NoteValues): string {
  return template.replace(/\{(customer|computer|technician|date|time|worked)\}/g, (_, name: keyof NoteValues) => values[name]);
}
