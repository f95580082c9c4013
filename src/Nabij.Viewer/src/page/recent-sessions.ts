// The technician's last sessions, below the code: where a note is finished that nobody had time for, also after this page
// was loaded anew.

import { button, element, setText } from "./element.ts";
import { hours, NoteEditor } from "./note-editor.ts";
import type { RecentSession } from "./notes-api.ts";
import { noteValues, recordOf, type NotesDesk } from "./notes-pane.ts";
import type { Say } from "./texts/texts.ts";

const shown = 8;

export class RecentSessions {
  readonly root: HTMLElement;
  readonly #say: Say;
  readonly #desk: NotesDesk;
  readonly #list = element("ul", { id: "recent" });
  readonly #dialog: HTMLDialogElement;
  readonly #heading = element("h2", { id: "recent-heading" });
  readonly #body = element("div", {});
  #closed: () => void = () => undefined;

  constructor(say: Say, desk: NotesDesk) {
    this.#say = say;
    this.#desk = desk;
    const close = button(say("notes.close"), { class: "primary" }, () => this.#dialog.close());
    this.#dialog = element("dialog", { class: "desk-dialog", "aria-labelledby": "recent-heading" }, this.#heading, this.#body, element("div", { class: "actions" }, close));
    this.#dialog.addEventListener("close", () => this.#closed());
    const heading = element("h2", { id: "recent-list-heading" }, say("recent.heading"));
    this.root = element("section", { class: "recent", "aria-labelledby": "recent-list-heading", hidden: true }, heading, this.#list, this.#dialog);
  }

  /** Asks the server for the list. It is no reason to disturb anybody where it cannot be had. */
  async refresh(): Promise<void> {
    const sessions = await this.#desk.api.recent().catch(() => null);
    if (sessions === null) return;
    this.root.hidden = sessions.length === 0;
    this.#list.replaceChildren(...sessions.slice(0, shown).map((session) => this.#item(session)));
  }

  #item(session: RecentSession): HTMLLIElement {
    const say = this.#say;
    const name = session.name.trim() === "" ? say("waiting.nameless") : session.name;
    const began = new Date(session.beganAt).toLocaleString(this.#desk.language, { weekday: "short", hour: "2-digit", minute: "2-digit" });
    const worked = session.workedSeconds === null ? "" : ` · ${say("recent.worked", { time: hours(session.workedSeconds) })}`;
    const open = button(say(session.hasNote ? "recent.note" : "recent.write"), { class: "quiet", "aria-label": say("recent.noteLong", { name, time: began }) }, () => this.#open(session, name, open));
    const details = element("span", { class: "details" }, `${began}${worked}`);
    return element("li", {}, element("span", { class: "who" }, element("bdi", { class: "name" }, name), details), open);
  }

  #open(session: RecentSession, name: string, from: HTMLElement): void {
    const record = recordOf(this.#desk.api, () => editor.show());
    const editor: NoteEditor = new NoteEditor(this.#say, record, false, {
      values: () => noteValues(this.#desk, { customer: session.name, computer: "", beganAt: session.beganAt, worked: record.corrected ?? record.counted }),
      setup: this.#desk.setup,
      language: this.#desk.language,
    });
    setText(this.#heading, this.#say("notes.heading", { name }));
    this.#body.replaceChildren(editor.root);
    this.#closed = () => {
      record.dispose();
      from.focus();
      void this.refresh();
    };
    void record.open(session.session);
    this.#dialog.showModal();
    editor.focus();
  }
}
