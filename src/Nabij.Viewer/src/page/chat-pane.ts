// The chat of a session, at the right edge of the picture: what both people wrote, with marks, and a field to write in. It
// stays open until it is closed; while it is away, a bubble counts what waits to be read.

import { formLine, maximumLineCharacters } from "../protocol/chat.ts";
import { permissions } from "../protocol/permissions.ts";
import { ChatLog, type SaidLine } from "./chat-log.ts";
import { chime } from "./chime.ts";
import { button, element, setText } from "./element.ts";
import { peerText } from "./peer-text.ts";
import type { SessionModel } from "./session-model.ts";
import type { Say } from "./texts/texts.ts";

export interface ChatPaneEvents {
  readonly say: (text: string) => void;
  /** The customer's lines up to this one are before the technician. */
  readonly shown: (number: number) => void;
  readonly ask: (permissions: number) => void;
  readonly toPicture: () => void;
  readonly unread: (count: number) => void;
  readonly opened: () => void;
}

export class ChatPane {
  readonly root: HTMLElement;
  readonly #say: Say;
  readonly #events: ChatPaneEvents;
  readonly #log = new ChatLog();
  readonly #pane: HTMLElement;
  readonly #bubble: HTMLButtonElement;
  readonly #heading = element("h2", { id: "chat-heading" });
  readonly #list = element("ol", {});
  /** What scrolls, and is read out as it grows: a list may not be a log itself. */
  readonly #talk: HTMLElement;
  readonly #empty: HTMLElement;
  readonly #field: HTMLTextAreaElement;
  readonly #send: HTMLButtonElement;
  readonly #hint = element("p", { class: "hint", role: "status" });
  readonly #ask: HTMLButtonElement;
  readonly #sound = element("input", { type: "checkbox" });
  /** The mark below each of the technician's lines, and the line itself. */
  readonly #marks = new Map<HTMLElement, SaidLine>();
  #model: SessionModel | null = null;
  #isShown = false;

  constructor(say: Say, events: ChatPaneEvents, over: AbortSignal) {
    this.#say = say;
    this.#events = events;
    this.#talk = element("div", { class: "talk", role: "log", "aria-labelledby": "chat-heading", tabindex: 0 }, this.#list);
    this.#empty = element("p", { class: "hint" }, say("chat.empty"));
    this.#field = element("textarea", { rows: 2, maxlength: maximumLineCharacters, "aria-label": say("chat.field"), placeholder: say("chat.field") });
    this.#send = element("button", { type: "submit", class: "primary" }, say("chat.send"));
    this.#ask = button(say("chat.ask"), { class: "quiet" }, () => events.ask(permissions.CHAT));
    this.#bubble = button("", { class: "chat-bubble", hidden: true }, () => this.open());
    this.#pane = this.#makePane();
    this.root = element("div", { class: "chat" }, this.#pane, this.#bubble);
    document.addEventListener("visibilitychange", () => this.#noteShown(), { signal: over });
  }

  get isOpen(): boolean {
    return !this.#pane.hidden;
  }

  /** Whether the session is before the technician; what comes meanwhile waits to be read. */
  set isShown(shown: boolean) {
    this.#isShown = shown;
    this.#noteShown();
    if (shown) this.#scrollToEnd();
  }

  /** Opens the pane and takes the keyboard. */
  open(): void {
    this.#events.opened();
    this.#pane.hidden = false;
    this.#noteShown();
    this.#scrollToEnd();
    (this.#field.disabled ? this.#talk : this.#field).focus();
  }

  /** Makes room for something else. */
  hide(): void {
    this.#pane.hidden = true;
    this.#noteShown();
  }

  toggle(): void {
    if (this.isOpen) this.#close();
    else if (this.isAvailable) this.open();
  }

  /** Whether the customer's program can chat, and the session is at a point where it may. */
  get isAvailable(): boolean {
    const model = this.#model;
    return model !== null && (model.ceiling & permissions.CHAT) !== 0 && (model.state === "active" || model.state === "stopped");
  }

  show(model: SessionModel): void {
    this.#model = model;
    const say = this.#say;
    this.root.hidden = !this.isAvailable;
    setText(this.#heading, say("chat.heading", { name: model.customer === "" ? say("bar.customer") : model.customer }));
    const mayChat = (model.granted & permissions.CHAT) !== 0;
    const isOff = model.state === "active" && !mayChat;
    const isHeld = model.state === "stopped" && !mayChat;
    this.#field.disabled = isOff;
    this.#send.disabled = isOff || this.#log.isFull;
    this.#ask.hidden = !isOff || model.asking === "open";
    this.#ask.disabled = model.asking !== "none";
    const hint = isOff ? (model.asking === "open" ? "grant.asked" : "chat.off") : isHeld ? "chat.stopped" : this.#log.isFull ? "chat.full" : null;
    setText(this.#hint, hint === null ? "" : say(hint));
  }

  /** The customer wrote a line, or another participant of this name. */
  hear(number: number, text: string, who: string | null): void {
    this.#add(this.#log.hear(number, peerText(text), Date.now(), who));
    if (this.#sound.checked) chime();
    this.#noteShown();
  }

  marked(delivered: number, seen: number): void {
    this.#log.mark(delivered, seen);
    for (const [mark, line] of this.#marks) setText(mark, this.#log.markOf(this.#say, line));
    if (this.#model !== null) this.show(this.#model);
  }

  #makePane(): HTMLElement {
    const say = this.#say;
    const close = button("✕", { class: "quiet", "aria-label": say("chat.close"), title: say("chat.close") }, () => this.#close());
    const form = element("form", {}, this.#field, this.#send);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#submit();
    });
    const sound = element("label", { class: "chat-sound" }, this.#sound, say("chat.sound"));
    const head = element("header", {}, this.#heading, close);
    const pane = element("aside", { id: "chat", "aria-labelledby": "chat-heading", hidden: true }, head, this.#empty, this.#talk, this.#hint, this.#ask, form, sound);
    pane.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#close();
    });
    return pane;
  }

  #submit(): void {
    const text = formLine(this.#field.value);
    if (text === null || this.#send.disabled) return;
    this.#field.value = "";
    this.#add(this.#log.say(text, Date.now()));
    this.#events.say(text);
    if (this.#model !== null) this.show(this.#model);
  }

  #close(): void {
    this.#pane.hidden = true;
    this.#events.toPicture();
  }

  #add(line: SaidLine): void {
    const say = this.#say;
    const time = new Date(line.at).toLocaleTimeString(document.documentElement.lang || undefined, { hour: "2-digit", minute: "2-digit" });
    const mark = element("span", { class: "mark" }, line.isOwn ? this.#log.markOf(say, line) : "");
    const who = element("p", { class: "who" }, line.who === undefined ? say(line.isOwn ? "chat.you" : "chat.they", { time }) : say("chat.other", { name: line.who, time }), " ", mark);
    const text = element("p", { class: "line", dir: "auto" }, line.text);
    const item = element("li", { class: line.isOwn ? "own" : "theirs" }, who, text);
    if (line.isOwn) this.#marks.set(mark, line);
    this.#list.append(item);
    while (this.#list.children.length > this.#log.lines.length) this.#forgetFirst();
    this.#empty.hidden = true;
    this.#scrollToEnd();
  }

  #forgetFirst(): void {
    const first = this.#list.firstElementChild;
    const mark = first?.querySelector<HTMLElement>(".mark");
    if (mark) this.#marks.delete(mark);
    first?.remove();
  }

  #scrollToEnd(): void {
    this.#talk.scrollTop = this.#talk.scrollHeight;
  }

  /** What stands in the open pane of a visible page is shown. */
  #noteShown(): void {
    if (this.isOpen && this.#isShown && document.visibilityState === "visible" && this.#log.read()) this.#events.shown(this.#log.heard);
    const { unread } = this.#log;
    this.#bubble.hidden = unread === 0 || this.isOpen;
    setText(this.#bubble, this.#say(unread === 1 ? "chat.unreadOne" : "chat.unread", { count: unread }));
    this.#events.unread(unread);
  }
}
