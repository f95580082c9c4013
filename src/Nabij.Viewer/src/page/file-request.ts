// Asking the customer for files: words for what is needed, and what has come of it.

import { formLine } from "../protocol/chat.ts";
import { fileLimits } from "../protocol/files.ts";
import { button, element, setText } from "./element.ts";
import type { Say, TextKey } from "./texts/texts.ts";

/** none: nothing is asked. wanted: it is asked as soon as getting files is allowed. open: the customer is choosing. */
export type RequestStage = "none" | "wanted" | "open";

export class FileRequest {
  readonly root: HTMLFormElement;
  readonly #say: Say;
  readonly #ask: (what: string) => void;
  readonly #field: HTMLInputElement;
  readonly #status = element("p", { class: "hint", role: "status" });
  readonly #send: HTMLButtonElement;
  #what = "";
  #left: number = fileLimits.mostRequests;
  #stage: RequestStage = "none";

  /** @param ask puts the question, when it may be put */
  constructor(say: Say, ask: (what: string) => void, wanted: () => void) {
    this.#say = say;
    this.#ask = ask;
    this.#field = element("input", { type: "text", id: "file-request", maxlength: fileLimits.componentBytes, autocomplete: "off" });
    this.#send = element("button", { type: "submit", class: "primary" }, say("files.request"));
    const cancel = button(say("files.requestCancel"), { class: "quiet" }, () => this.close());
    const label = element("label", { for: "file-request" }, say("files.requestLabel"));
    this.root = element("form", { class: "file-request", hidden: true }, label, this.#field, element("div", { class: "actions" }, this.#send, cancel));
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit(wanted);
    });
  }

  /** Says what has come of it; stands beside the form, which comes and goes. */
  get status(): HTMLElement {
    return this.#status;
  }

  get stage(): RequestStage {
    return this.#stage;
  }

  open(): void {
    this.root.hidden = false;
    this.#field.focus();
  }

  close(): void {
    this.root.hidden = true;
  }

  /** Getting files is allowed now, or not. */
  allow(isAllowed: boolean): void {
    if (this.#stage !== "wanted" || !isAllowed) return;
    this.#left--;
    this.#enter("open", "files.requested");
    this.#ask(this.#what);
  }

  /** The customer does not let files be got. */
  declined(): void {
    if (this.#stage === "wanted") this.#enter("none", "grant.declined");
  }

  /** @param group 0: nothing was chosen; null: nobody knows */
  answered(group: number | null): void {
    this.#enter("none", group === null ? "files.requestLost" : group === 0 ? "files.requestNone" : null);
  }

  #submit(wanted: () => void): void {
    if (this.#stage !== "none" || this.#left === 0) return;
    this.#what = cut((formLine(this.#field.value) ?? "").replaceAll("\n", " "));
    this.#field.value = "";
    this.close();
    this.#enter("wanted", "files.requestWanted");
    wanted();
  }

  #enter(stage: RequestStage, text: TextKey | null): void {
    this.#stage = stage;
    setText(this.#status, this.#left === 0 && stage === "none" ? this.#say("files.requestNoMore") : text === null ? "" : this.#say(text));
  }
}

/** To the bytes that a request may have, between characters. */
function cut(text: string): string {
  const utf8 = new TextEncoder();
  let length = 0;
  let end = 0;
  for (const character of text) {
    length += utf8.encode(character).length;
    if (length > fileLimits.componentBytes) break;
    end += character.length;
  }
  return text.slice(0, end);
}
