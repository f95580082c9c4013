// Where a technician writes about a session and sees the time worked: templates, the note, and how the figure for the invoice
// comes about. Stands in the pane of a session and in the dialog of one that is over.

import { button, element, setText } from "./element.ts";
import { fillTemplate, type NoteState, type NoteValues } from "./note-keeper.ts";
import type { NotesSetup, NoteTemplate } from "./notes-api.ts";
import type { SessionRecord } from "./session-record.ts";
import type { Say, TextKey } from "./texts/texts.ts";
import { roundWork, workOf, type WorkUnit } from "./work-clock.ts";

/** The server takes no more. */
const longestNote = 20_000;

export interface NoteEditorEvents {
  /** What the places of a template are filled in with at this moment. */
  readonly values: () => NoteValues;
  readonly setup: () => Promise<NotesSetup>;
  /** Two letters: of which language the templates are. */
  readonly language: string;
}

const stateTexts: Readonly<Record<NoteState, TextKey | null>> = {
  empty: null, kept: "notes.kept", typing: "notes.typing", failed: "notes.failed", changed: "notes.changed", closed: "notes.closed",
};

export class NoteEditor {
  readonly root: HTMLElement;
  readonly #say: Say;
  readonly #record: SessionRecord;
  readonly #events: NoteEditorEvents;
  readonly #field: HTMLTextAreaElement;
  readonly #templates: HTMLSelectElement;
  readonly #templateLine: HTMLElement;
  readonly #state = element("p", { class: "hint note-state", role: "status" });
  readonly #conflict: HTMLElement;
  readonly #counted = element("output", { class: "note-counted" });
  readonly #pause: HTMLButtonElement;
  readonly #correction: HTMLInputElement;
  readonly #time = element("p", { class: "note-worked", role: "status" });
  #offered: readonly NoteTemplate[] = [];
  #unit: WorkUnit = { minutes: 0, rounding: "up" };
  #isSetUp = false;

  /** @param mayPause whether the session can still run */
  constructor(say: Say, record: SessionRecord, mayPause: boolean, events: NoteEditorEvents) {
    this.#say = say;
    this.#record = record;
    this.#events = events;
    this.#field = element("textarea", { rows: 8, maxlength: longestNote, "aria-label": say("notes.field"), placeholder: say("notes.placeholder") });
    this.#templates = element("select", { "aria-label": say("notes.template") });
    this.#templateLine = element("div", { class: "note-line", hidden: true }, this.#templates, button(say("notes.insert"), { class: "quiet" }, () => this.#insert()));
    this.#conflict = element(
      "div", { class: "note-line", hidden: true },
      button(say("notes.takeTheirs"), { class: "quiet" }, () => void this.#resolve(false)),
      button(say("notes.keepMine"), { class: "quiet" }, () => void this.#resolve(true)),
    );
    this.#pause = button("", { class: "quiet", hidden: !mayPause }, () => {
      record.pause(!record.clock.isPaused);
      this.show();
    });
    this.#correction = element("input", { type: "text", inputmode: "numeric", autocomplete: "off", size: 6, placeholder: "0:30" });
    this.root = element("div", { class: "note-editor" }, this.#templateLine, this.#field, this.#state, this.#conflict, this.#makeTime());
    this.#field.addEventListener("input", () => record.note.type(this.#field.value));
    this.#field.addEventListener("blur", () => record.note.flush());
    this.show();
  }

  focus(): void {
    this.#field.focus();
    if (!this.#isSetUp) void this.#setUp();
  }

  /** What the record has become. */
  show(): void {
    const { note } = this.#record;
    if (this.#field.value !== note.text) this.#field.value = note.text;
    const text = stateTexts[note.state];
    setText(this.#state, text === null ? "" : this.#say(text));
    this.#state.dataset["state"] = note.state;
    this.#conflict.hidden = note.state !== "changed";
    this.#field.readOnly = note.state === "closed";
    this.tick();
  }

  /** Time goes on. */
  tick(): void {
    const say = this.#say;
    const { counted, corrected, clock } = this.#record;
    setText(this.#counted, hours(counted));
    setText(this.#pause, say(clock.isPaused ? "notes.goOnCounting" : "notes.pauseCounting"));
    this.#pause.setAttribute("aria-pressed", String(clock.isPaused));
    const unit = say(this.#unit.minutes === 0 ? "notes.unitNone" : this.#unit.rounding === "up" ? "notes.unitUp" : "notes.unitNearest", { minutes: this.#unit.minutes });
    const worked = roundWork(this.#unit, corrected ?? counted);
    setText(this.#time, say(corrected === null ? "notes.worked" : "notes.workedCorrected", { time: hours(worked), unit }));
  }

  #makeTime(): HTMLElement {
    const say = this.#say;
    const apply = element("button", { type: "submit", class: "quiet" }, say("notes.correct"));
    const undo = button(say("notes.asCounted"), { class: "quiet" }, () => this.#correct(null));
    const label = element("label", {}, say("notes.correction"), " ", this.#correction);
    const form = element("form", { class: "note-line" }, label, apply, undo);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const seconds = workOf(this.#correction.value);
      this.#correction.setAttribute("aria-invalid", String(seconds === null));
      if (seconds === null) setText(this.#time, say("notes.correctionWrong"));
      else this.#correct(seconds);
    });
    const counted = element("p", { class: "note-line" }, element("span", {}, say("notes.counted"), " ", this.#counted), this.#pause);
    return element("fieldset", { class: "note-time" }, element("legend", {}, say("notes.time")), counted, form, this.#time);
  }

  #correct(seconds: number | null): void {
    this.#correction.value = "";
    this.#correction.setAttribute("aria-invalid", "false");
    this.#record.correct(seconds);
    this.show();
  }

  async #setUp(): Promise<void> {
    this.#isSetUp = true;
    try {
      const { templates, unit } = await this.#events.setup();
      this.#unit = unit;
      const own = this.#events.language;
      this.#offered = [...templates].sort((a, b) => Number(b.language === own) - Number(a.language === own));
      const none = element("option", { value: "" }, this.#say("notes.template"));
      this.#templates.replaceChildren(none, ...this.#offered.map(({ name }, index) => element("option", { value: index }, name)));
      this.#templateLine.hidden = templates.length === 0;
    } catch {
      this.#isSetUp = false;
    }
    this.show();
  }

  #insert(): void {
    const template = this.#templates.value === "" ? undefined : this.#offered[Number(this.#templates.value)];
    if (template === undefined || this.#field.readOnly) return;
    const text = fillTemplate(template.text, this.#events.values());
    const { selectionStart, selectionEnd, value } = this.#field;
    this.#field.setRangeText(text.slice(0, Math.max(0, longestNote - value.length)), selectionStart, selectionEnd, "end");
    this.#record.note.type(this.#field.value);
    this.#templates.value = "";
    this.#field.focus();
  }

  async #resolve(keepsMine: boolean): Promise<void> {
    const other = await this.#record.other();
    if (other === null) return;
    if (keepsMine) this.#record.note.insist(other.revision);
    else this.#record.note.take(other.text, other.revision);
    this.show();
    this.#field.focus();
  }
}

/** Hours, minutes, and seconds where there are some, so that nobody takes minutes for hours: `0:30`, `1:05:10`, `0:00:07`. */
export function hours(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const rest = seconds % 60;
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}${rest === 0 ? "" : `:${two(rest)}`}`;
}
