// How a session is left from the desk: what ending would interrupt is shown first, and it may wait for the copying.

import { EndDialog } from "./end-dialog.ts";
import type { FilesPane } from "./files-pane.ts";
import type { Say } from "./texts/texts.ts";

export interface DepartureEvents {
  readonly end: () => void;
  readonly toPicture: () => void;
  /** Whether the end waits for the copying has changed. */
  readonly changed: () => void;
}

export class Departure {
  readonly dialog: EndDialog;
  readonly #files: FilesPane;
  readonly #events: DepartureEvents;
  /** The session ends when the copying is done. */
  #waits = false;

  constructor(say: Say, files: FilesPane, events: DepartureEvents) {
    this.#files = files;
    this.#events = events;
    this.dialog = new EndDialog(say, { endNow: events.end, finishFirst: () => this.waitForFiles(true), goOn: events.toPicture });
  }

  get hasFilesInFlight(): boolean {
    return this.#files.log.inFlight.length > 0;
  }

  /** Ends, or asks first what is to become of files on their way. */
  ask(): void {
    if (this.hasFilesInFlight) this.dialog.open(this.#files.log.inFlight);
    else this.#events.end();
  }

  /** Asks in any case. @param closing whose tab is to be closed, when that is what was asked for */
  open(closing = ""): void {
    this.dialog.open(this.#files.log.inFlight, closing);
  }

  waitForFiles(waits: boolean): void {
    this.#waits = waits;
    this.#files.isEnding = waits;
    if (waits) this.#files.open();
    this.#events.changed();
  }

  filesChanged(): void {
    if (this.dialog.isOpen) this.dialog.show(this.#files.log.inFlight);
    if (this.#waits && !this.hasFilesInFlight) this.#events.end();
  }
}
