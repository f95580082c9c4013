// The panel at the left edge of a running session. It slides away by itself, so that nothing of the picture is covered
// for long, and leaves a narrow strip: there the pointer, a finger, or Ctrl + Alt + Home calls it back.

import type { Painted } from "../screen/painter.ts";
import type { Size } from "../screen/placement.ts";
import { ClipboardSection, type ClipboardSectionEvents } from "./clipboard-section.ts";
import { DrawingSection, type DrawingSectionEvents } from "./drawing-section.ts";
import { button, element, setText } from "./element.ts";
import { FactsSection, type FactsSectionEvents } from "./facts-section.ts";
import { PeopleSection, type PeopleSectionEvents } from "./people-section.ts";
import { protection } from "./protection.ts";
import { keysOn, sessionShortcuts } from "./shortcut-words.ts";
import { askable, clockTime, grantsInWords, statusText, type SessionModel } from "./session-model.ts";
import type { Say, TextKey } from "./texts/texts.ts";
import { TypeSection } from "./type-section.ts";
import { ViewSection, type ViewSectionEvents } from "./view-section.ts";

export interface SessionPanelEvents extends ViewSectionEvents {
  readonly drawing: DrawingSectionEvents;
  readonly facts: FactsSectionEvents;
  readonly people: PeopleSectionEvents;
  readonly end: () => void;
  readonly ask: (permissions: number) => void;
  readonly chord: (keys: readonly Key[]) => void;
  readonly type: (text: string) => void;
  readonly toPicture: () => void;
  readonly numbersDiffer: () => void;
  readonly chat: () => void;
  readonly files: () => void;
  readonly notes: () => void;
  /** Keep a picture of the customer's screen. */
  readonly picture: () => void;
  /** Away from this session, which goes on. */
  readonly waitingRoom: () => void;
  readonly clipboard: Pick<ClipboardSectionEvents, "place" | "request">;
}

type Key = { readonly code: string; readonly key: string };

const control: Key = { code: "ControlLeft", key: "Control" };
const alt: Key = { code: "AltLeft", key: "Alt" };
const chords: readonly { readonly caption: TextKey; readonly keys: readonly Key[] }[] = [
  { caption: "keys.ctrlAltDel", keys: [control, alt, { code: "Delete", key: "Delete" }] },
  { caption: "keys.altTab", keys: [alt, { code: "Tab", key: "Tab" }] },
  { caption: "keys.altF4", keys: [alt, { code: "F4", key: "F4" }] },
  { caption: "keys.ctrlEsc", keys: [control, { code: "Escape", key: "Escape" }] },
  { caption: "keys.ctrlShiftEsc", keys: [control, { code: "ShiftLeft", key: "Shift" }, { code: "Escape", key: "Escape" }] },
  { caption: "keys.super", keys: [{ code: "MetaLeft", key: "Meta" }] },
  { caption: "keys.printScreen", keys: [{ code: "PrintScreen", key: "PrintScreen" }] },
  { caption: "keys.escape", keys: [{ code: "Escape", key: "Escape" }] },
  { caption: "keys.f11", keys: [{ code: "F11", key: "F11" }] },
];

export class SessionPanel {
  readonly root: HTMLElement;
  readonly #say: Say;
  readonly #events: SessionPanelEvents;
  readonly #state = element("p", { class: "panel-state" });
  readonly #customer = element("bdi", { class: "panel-customer" });
  readonly #grants = element("p", { class: "panel-grants" });
  readonly #ask: HTMLButtonElement;
  readonly #chat: HTMLButtonElement;
  readonly #files: HTMLButtonElement;
  readonly #asked = element("p", { class: "hint", role: "status" });
  readonly #end: HTMLButtonElement;
  readonly #keys: HTMLFieldSetElement;
  readonly #typing: TypeSection;
  /** Copied text, both ways. */
  readonly clipboard: ClipboardSection;
  /** How the picture is shown. */
  readonly view: ViewSection;
  /** Pointing and drawing. */
  readonly drawing: DrawingSection;
  /** The facts about the customer's computer. */
  readonly facts: FactsSection;
  /** Who takes part. */
  readonly people: PeopleSection;
  #delay: Painted | null = null;
  readonly #details = new Map<"check" | "machine" | "user" | "screen" | "delay" | "duration", HTMLElement>();
  #model: SessionModel | null = null;

  constructor(say: Say, isMac: boolean, events: SessionPanelEvents, over: AbortSignal) {
    this.#say = say;
    this.#events = events;
    this.#ask = button(say("grant.ask"), { class: "primary" }, () => this.#model !== null && events.ask(askable(this.#model)));
    this.#chat = button(say("chat.open"), { class: "quiet" }, events.chat);
    this.#files = button(say("files.open"), { class: "quiet" }, events.files);
    this.#end = button(say("bar.end"), { id: "end", class: "danger" }, events.end);
    this.view = new ViewSection(say, events);
    this.drawing = new DrawingSection(say, events.drawing);
    this.facts = new FactsSection(say, events.facts);
    this.people = new PeopleSection(say, events.people);
    this.#typing = new TypeSection(say, events.type);
    this.clipboard = new ClipboardSection(say, { ...events.clipboard, ask: events.ask }, over);
    this.#keys = this.#makeKeys(isMac);
    const open = button("", { class: "grip", "aria-label": say("bar.open"), title: say("bar.open") }, () => this.open());
    const head = element("header", {}, this.#state, this.#customer);
    const sections = [this.#makeGrants(), this.people.root, this.drawing.root, this.view.root, this.#keys, this.clipboard.root, this.#makeShortcuts(isMac), this.facts.root, this.#makeDetails()];
    const body = element("div", { class: "panel-body" }, head, ...sections);
    this.root = element("aside", { id: "panel", "aria-label": say("bar.label") }, body, this.#end, open);
    this.root.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#close();
    });
    for (const comesOut of ["pointerenter", "focusin"]) this.root.addEventListener(comesOut, () => this.#showTimes());
  }

  /** Brings the panel out and the keyboard into it. */
  open(): void {
    if (this.#ask.hidden || this.#ask.disabled) this.view.focus();
    else this.#ask.focus();
  }

  show(model: SessionModel): void {
    this.#model = model;
    const say = this.#say;
    this.root.hidden = model.state === "connecting" || model.state === "ended";
    this.root.dataset["state"] = model.state;
    setText(this.#state, statusText(say, model));
    const called = model.customer === "" ? say("bar.customer") : model.customer;
    setText(this.#customer, model.customer);
    const count = model.filesInFlight;
    const end = say(count === 0 ? "bar.endLong" : count === 1 ? "bar.endCopyingOne" : "bar.endCopying", { name: called, count });
    this.#end.setAttribute("aria-label", end);
    this.#end.title = end;
    setText(this.#grants, say("grant.allowed", { list: grantsInWords(say, model.granted) }));
    const next = askable(model);
    this.#ask.hidden = next === 0 || model.asking === "open";
    this.#ask.disabled = model.asking !== "none";
    setText(this.#asked, model.asking === "open" ? say("grant.asked") : model.asking === "declined" ? say("grant.declined") : "");
    this.drawing.show(model);
    this.facts.show(model);
    this.people.show(model);
    this.#keys.disabled = (model.granted & keyboardAndLook) !== keyboardAndLook;
    this.#typing.allow(!this.#keys.disabled && model.state === "active");
    this.clipboard.show(model);
    this.#detail("check", model.checkNumber);
    this.#detail("machine", model.machine);
    this.#detail("user", model.user);
    this.#showTimes();
  }

  /** Time goes on. Nobody sees that of a panel at the edge, and each change of text makes the next frame of the picture later. */
  tick(): void {
    if (!this.root.matches(":hover, :focus-within")) return;
    this.#showTimes();
    this.people.tick();
  }

  /** @param isAvailable whether there is a chat
   * @param unread messages that wait to be read */
  showChat(isAvailable: boolean, unread: number): void {
    this.#chat.hidden = !isAvailable;
    setText(this.#chat, unread === 0 ? this.#say("chat.open") : this.#say("chat.openUnread", { count: unread }));
  }

  /** @param mark what is new or under way; empty for nothing */
  showFiles(isAvailable: boolean, mark: string): void {
    this.#files.hidden = !isAvailable;
    setText(this.#files, mark === "" ? this.#say("files.open") : this.#say("files.openMarked", { mark }));
  }

  showScreen(size: Size): void {
    this.#detail("screen", `${size.width} × ${size.height}`);
  }

  /** What the newest frame took; shown when time goes on. */
  noteDelay(painted: Painted): void {
    this.#delay = painted;
  }

  #showTimes(): void {
    const since = this.#model?.establishedAt ?? null;
    this.#detail("duration", since === null ? "" : clockTime((this.#model?.endedAt ?? Date.now()) - since));
    const painted = this.#delay;
    if (painted === null) return;
    const milliseconds = (microseconds: number): string => (microseconds / 1000).toFixed(1);
    const values = { decode: milliseconds(painted.decodeMicroseconds), paint: milliseconds(painted.presentMicroseconds) };
    this.#detail("delay", this.#say("details.delayValue", values));
  }

  #close(): void {
    this.#events.toPicture();
  }

  #makeGrants(): HTMLElement {
    const notes = button(this.#say("notes.open"), { class: "quiet" }, this.#events.notes);
    const picture = button(this.#say("keep.open"), { class: "quiet" }, this.#events.picture);
    const away = button(this.#say("tabs.waitingRoom"), { class: "quiet", title: this.#say("tabs.waitingRoomLong") }, this.#events.waitingRoom);
    return element("section", {}, this.#grants, this.#ask, this.#asked, this.#chat, this.#files, notes, picture, away);
  }

  #makeKeys(isMac: boolean): HTMLFieldSetElement {
    const say = this.#say;
    const keys = chords.map(({ caption, keys: pressed }) =>
      button(say(caption), { class: "key" }, () => {
        this.#events.chord(pressed);
        this.#events.toPicture();
      }),
    );
    const hint = isMac ? [element("p", { class: "hint" }, say("keys.macHint"))] : [];
    return element("fieldset", {}, element("legend", {}, say("bar.keys")), element("div", { class: "keys" }, ...keys), ...hint, this.#typing.root);
  }

  /** Not among the customer's keys: these work also for who only looks. */
  #makeShortcuts(isMac: boolean): HTMLElement {
    const say = this.#say;
    const list = sessionShortcuts.map(({ keys, caption }) => element("div", {}, element("dt", {}, say(caption)), element("dd", {}, element("kbd", {}, keysOn(isMac, keys)))));
    const wheel = element("p", { class: "hint" }, say("shortcuts.wheel"));
    return element("details", {}, element("summary", {}, say("shortcuts.heading")), element("dl", {}, ...list), wheel);
  }

  #makeDetails(): HTMLElement {
    const say = this.#say;
    const list = element("dl", {});
    const rows = [
      ["check", "checkNumber.label"], ["machine", "details.computer"], ["user", "details.user"],
      ["screen", "details.screen"], ["duration", "details.duration"], ["delay", "details.delay"],
    ] as const;
    for (const [name, caption] of rows) {
      const value = element("dd", name === "check" ? { id: "check-number", title: say("checkNumber.text") } : {});
      this.#details.set(name, value);
      list.append(element("div", {}, element("dt", {}, say(caption)), value));
    }
    const differs = button(say("checkNumber.differs"), { class: "link danger" }, this.#events.numbersDiffer);
    return element("section", {}, element("h2", {}, say("details.heading")), list, differs, protection(say));
  }

  #detail(name: "check" | "machine" | "user" | "screen" | "delay" | "duration", text: string): void {
    const value = this.#details.get(name);
    if (value === undefined) return;
    setText(value, text);
    if (value.parentElement !== null) value.parentElement.hidden = text === "";
  }
}

/** VIEW and KEYBOARD */
const keyboardAndLook = 5;
