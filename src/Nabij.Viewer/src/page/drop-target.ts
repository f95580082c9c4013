// Files that are dragged over the page of a session: shows where they can be dropped, and hands over what was. Everywhere else a
// drop would make the browser leave the page, and the session with it.

import type { Candidate } from "./picking.ts";
import { bringsFiles, entriesOf, readEntries } from "./dropped-files.ts";
import { element } from "./element.ts";

export interface DropEvents {
  /** Whether files can be sent now. */
  readonly isOpen: () => boolean;
  readonly dropped: (candidates: readonly Candidate[]) => void;
}

export class DropTarget {
  readonly root: HTMLElement;
  readonly #events: DropEvents;
  /** Elements that the drag has entered and not left. */
  #depth = 0;

  constructor(text: string, events: DropEvents, signal: AbortSignal) {
    this.#events = events;
    this.root = element("div", { class: "drop-target", hidden: true, "aria-hidden": "true" }, element("p", {}, text));
    addEventListener("dragenter", (event) => this.#enter(event, 1), { signal });
    addEventListener("dragleave", (event) => this.#enter(event, -1), { signal });
    addEventListener("dragover", (event) => this.#over(event), { signal });
    addEventListener("drop", (event) => this.#drop(event), { signal });
    signal.addEventListener("abort", () => this.#hide());
  }

  #enter(event: DragEvent, step: 1 | -1): void {
    if (!bringsFiles(event.dataTransfer)) return;
    event.preventDefault();
    this.#depth = Math.max(0, this.#depth + step);
    this.root.hidden = this.#depth === 0 || !this.#events.isOpen();
  }

  #over(event: DragEvent): void {
    if (!bringsFiles(event.dataTransfer)) return;
    event.preventDefault();
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = this.#events.isOpen() ? "copy" : "none";
  }

  #drop(event: DragEvent): void {
    if (event.dataTransfer === null || !bringsFiles(event.dataTransfer)) return;
    event.preventDefault();
    this.#hide();
    if (!this.#events.isOpen()) return;
    void readEntries(entriesOf(event.dataTransfer)).then((candidates) => this.#events.dropped(candidates));
  }

  #hide(): void {
    this.#depth = 0;
    this.root.hidden = true;
  }
}
