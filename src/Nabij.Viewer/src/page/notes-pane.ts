// The notes of a session, at the right edge of the picture. They are saved while they are typed, from when the server knows
// the session, and may be finished after its end.

import { button, element, setText } from "./element.ts";
import { NoteEditor } from "./note-editor.ts";
import type { NoteValues } from "./note-keeper.ts";
import type { PicturesDesk } from "./picture-keeper.ts";
import type { NotesApi, NotesSetup } from "./notes-api.ts";
import { newSession, type SessionModel } from "./session-model.ts";
import { SessionRecord } from "./session-record.ts";
import type { Say } from "./texts/texts.ts";

/** What the desk gives to whoever writes notes. */
export interface NotesDesk {
  readonly api: NotesApi;
  /** Templates and unit of the organization. */
  readonly setup: () => Promise<NotesSetup>;
  /** The technician's own name. */
  readonly technician: string;
  /** Of the page, two letters. */
  readonly language: string;
  readonly pictures: PicturesDesk;
}

export interface NotesPaneEvents {
  readonly toPicture: () => void;
  readonly opened: () => void;
}

export class NotesPane {
  readonly root: HTMLElement;
  readonly #say: Say;
  readonly #desk: NotesDesk;
  readonly #events: NotesPaneEvents;
  readonly #record: SessionRecord;
  readonly #editor: NoteEditor;
  readonly #heading = element("h2", { id: "notes-heading" });
  #model: SessionModel = newSession;

  /** @param pictures the part of the pane that lists kept pictures */
  constructor(say: Say, desk: NotesDesk, pictures: HTMLElement, events: NotesPaneEvents) {
    this.#say = say;
    this.#desk = desk;
    this.#events = events;
    this.#record = recordOf(desk.api, () => this.#editor.show());
    this.#editor = new NoteEditor(say, this.#record, true, { values: () => this.#values(), setup: desk.setup, language: desk.language });
    const close = button("✕", { class: "quiet", "aria-label": say("notes.close"), title: say("notes.close") }, () => this.#close());
    const head = element("header", {}, this.#heading, close);
    this.root = element("aside", { id: "notes", "aria-labelledby": "notes-heading", hidden: true }, head, this.#editor.root, pictures);
    this.root.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#close();
    });
  }

  get isAvailable(): boolean {
    return this.#model.establishedAt !== null;
  }

  open(): void {
    this.#events.opened();
    this.root.hidden = false;
    this.#editor.focus();
    this.#editor.show();
  }

  /** Makes room for something else. */
  hide(): void {
    this.root.hidden = true;
  }

  toggle(): void {
    if (!this.root.hidden) this.#close();
    else if (this.isAvailable) this.open();
  }

  /** The records know the session by this number: from now on the note is saved. */
  keep(serverSession: string): void {
    void this.#record.open(serverSession);
  }

  show(model: SessionModel): void {
    this.#model = model;
    setText(this.#heading, this.#say("notes.heading", { name: model.customer === "" ? this.#say("bar.customer") : model.customer }));
    this.#record.work(model.state === "active");
    if (!this.root.hidden) this.#editor.tick();
  }

  /** Time goes on. */
  tick(): void {
    this.#record.tick();
    if (!this.root.hidden) this.#editor.tick();
  }

  flush(): void {
    this.#record.flush();
  }

  dispose(): void {
    this.#record.dispose();
  }

  #close(): void {
    this.hide();
    this.#record.note.flush();
    this.#events.toPicture();
  }

  #values(): NoteValues {
    const { customer, machine } = this.#model;
    return noteValues(this.#desk, { customer, computer: machine, beganAt: this.#model.establishedAt ?? Date.now(), worked: this.#record.corrected ?? this.#record.counted });
  }
}

export function recordOf(api: NotesApi, changed: () => void): SessionRecord {
  const later = (milliseconds: number, action: () => void): (() => void) => {
    const timer = setTimeout(action, milliseconds);
    return () => clearTimeout(timer);
  };
  return new SessionRecord(api, { changed, later, now: () => Date.now() });
}

/** What a template is filled in with. */
export function noteValues(desk: NotesDesk, session: { readonly customer: string; readonly computer: string; readonly beganAt: number; readonly worked: number }): NoteValues {
  const began = new Date(session.beganAt);
  const minutes = Math.floor(session.worked / 60);
  return {
    customer: session.customer, computer: session.computer, technician: desk.technician,
    date: began.toLocaleDateString(desk.language), time: began.toLocaleTimeString(desk.language, { hour: "2-digit", minute: "2-digit" }),
    worked: `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`,
  };
}
