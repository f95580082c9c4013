// The desk's code entry: nine digits, grouped while they are typed or pasted. The digits are in this field and nowhere
// else: it has no name, so that no browser keeps it, and it is emptied when a connection begins.

import { button, element, setText } from "./element.ts";
import { digitsOf, grouped, nameplateOf, regroup, splitCode, type SupportCode } from "./support-code.ts";
import type { Say } from "./texts/texts.ts";

export interface CodeFormEvents {
  /** The digits that the server may know have changed; null while there are too few. */
  readonly nameplateTyped: (nameplate: string | null) => void;
  /** All nine digits are there; the server may know these of them. */
  readonly completed: (nameplate: string) => void;
  readonly connect: (code: SupportCode) => void;
}

export class CodeForm {
  readonly root: HTMLFormElement;
  readonly #say: Say;
  readonly #events: CodeFormEvents;
  readonly #input: HTMLInputElement;
  readonly #connect: HTMLButtonElement;
  readonly #message: HTMLParagraphElement;

  constructor(say: Say, events: CodeFormEvents) {
    this.#say = say;
    this.#events = events;
    this.#input = element("input", {
      id: "code", type: "text", inputmode: "numeric", autocomplete: "off", autocapitalize: "off", spellcheck: "false",
      placeholder: "000 000 000", "aria-describedby": "code-message code-hint", "data-1p-ignore": true, "data-lpignore": "true",
    });
    this.#connect = button(say("code.connect"), { id: "connect", class: "primary" }, () => this.#submit());
    this.#message = element("p", { id: "code-message", class: "message", role: "status" });
    this.root = element(
      "form",
      { class: "code-form", autocomplete: "off", novalidate: true },
      element("label", { for: "code" }, say("code.label")),
      element("div", { class: "code-line" }, this.#input, this.#connect),
      this.#message,
      element("p", { id: "code-hint", class: "hint" }, `${say("code.hint")} ${say("code.privacy")}`),
    );
    this.#listen();
  }

  focus(): void {
    this.#input.focus();
  }

  /** Puts the nameplate in, ready for the other digits. */
  begin(nameplate: string): void {
    this.#input.value = grouped(nameplate) + (nameplate.length === 3 ? " " : "");
    this.#input.focus();
    this.#input.setSelectionRange(this.#input.value.length, this.#input.value.length);
    this.#events.nameplateTyped(nameplate);
  }

  clear(): void {
    this.#input.value = "";
    this.#events.nameplateTyped(null);
  }

  /** What is known about the digits so far. */
  tell(text: string): void {
    this.#show(text, "calm");
  }

  /** What went wrong and what to do. */
  warn(text: string): void {
    this.#show(text, "problem");
  }

  set isBusy(busy: boolean) {
    this.#connect.disabled = busy;
  }

  #show(text: string, kind: string): void {
    setText(this.#message, text);
    this.#message.dataset["kind"] = kind;
    this.#input.setAttribute("aria-invalid", String(kind === "problem" && text !== ""));
  }

  #listen(): void {
    this.#input.addEventListener("beforeinput", (event) => this.#stepOverSpace(event));
    this.#input.addEventListener("input", () => {
      const edit = regroup(this.#input.value, this.#input.selectionStart ?? this.#input.value.length);
      this.#input.value = edit.text;
      this.#input.setSelectionRange(edit.caret, edit.caret);
      this.#show("", "calm");
      const digits = digitsOf(edit.text);
      this.#events.nameplateTyped(nameplateOf(digits));
      const code = splitCode(digits);
      if (code !== null) this.#events.completed(code.nameplate);
    });
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    // The button is no submit button: Enter in the field presses it, whatever the browser thinks of the form.
    this.#input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      this.#submit();
    });
  }

  /** Backspace behind a space between groups takes the digit before it, else the space would come back for ever. */
  #stepOverSpace(event: InputEvent): void {
    const { selectionStart: start, selectionEnd: end, value } = this.#input;
    if (start === null || start !== end) return;
    if (event.inputType === "deleteContentBackward" && value[start - 1] === " ") this.#input.setSelectionRange(start - 1, start - 1);
    if (event.inputType === "deleteContentForward" && value[start] === " ") this.#input.setSelectionRange(start + 1, start + 1);
  }

  #submit(): void {
    if (this.#connect.disabled) return;
    const digits = digitsOf(this.#input.value);
    const code = splitCode(digits);
    if (code === null) {
      // Nothing more is said about the nameplate, or news of the waiting list would wipe the warning away.
      this.#events.nameplateTyped(null);
      this.warn(this.#say("code.incomplete", { count: digits.length }));
      this.focus();
      return;
    }
    this.#input.value = "";
    this.#events.connect(code);
  }
}
