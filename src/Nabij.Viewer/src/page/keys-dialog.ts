// The list of the viewer's own keys, and how the desk looks: theme and size of type. Opened by a button in the page's header and
// by a key from everywhere.

import type { DeskChoices, DeskSettings, Theme, TypeSize } from "./desk-settings.ts";
import { button, element } from "./element.ts";
import { deskShortcuts, keysOn, sessionShortcuts, type ShortcutWords } from "./shortcut-words.ts";
import type { Say, TextKey } from "./texts/texts.ts";

const themes: readonly (readonly [Theme, TextKey])[] = [["system", "look.system"], ["light", "look.light"], ["dark", "look.dark"]];
const types: readonly (readonly [TypeSize, TextKey])[] = [["normal", "look.normal"], ["large", "look.large"], ["largest", "look.largest"]];

export class KeysDialog {
  readonly root: HTMLDialogElement;
  readonly button: HTMLButtonElement;
  readonly #say: Say;
  readonly #settings: DeskSettings;

  constructor(say: Say, isMac: boolean, settings: DeskSettings) {
    this.#say = say;
    this.#settings = settings;
    this.button = button(say("look.button"), { class: "quiet small" }, () => this.open());
    const close = button(say("look.close"), { class: "primary" }, () => this.root.close());
    const lists = element("div", { class: "key-lists" }, this.#list(isMac, "shortcuts.desk", deskShortcuts), this.#list(isMac, "shortcuts.session", sessionShortcuts));
    this.root = element(
      "dialog", { class: "desk-dialog keys-dialog", "aria-labelledby": "keys-title" },
      element("h2", { id: "keys-title" }, say("look.title")),
      this.#choice("theme", "look.theme", themes), this.#choice("type", "look.type", types),
      lists, element("p", { class: "hint" }, say("shortcuts.hint")),
      element("div", { class: "actions" }, close),
    );
    settings.follow(({ theme, type }) => this.#apply(theme, type));
  }

  open(): void {
    if (!this.root.open) this.root.showModal();
  }

  #apply(theme: Theme, type: TypeSize): void {
    const { dataset } = document.documentElement;
    dataset["theme"] = theme;
    dataset["type"] = type;
  }

  #choice<Name extends "theme" | "type">(name: Name, legend: TextKey, choices: readonly (readonly [DeskChoices[Name], TextKey])[]): HTMLElement {
    const chosen = this.#settings.choices[name];
    const options = choices.map(([value, caption]) => {
      const input = element("input", { type: "radio", name: `look-${name}`, value, checked: value === chosen });
      input.addEventListener("change", () => this.#settings.choose({ [name]: value }));
      return element("label", {}, input, this.#say(caption));
    });
    return element("fieldset", { class: "look-choice" }, element("legend", {}, this.#say(legend)), ...options);
  }

  #list(isMac: boolean, heading: TextKey, shortcuts: readonly ShortcutWords[]): HTMLElement {
    const lines = shortcuts.map(({ keys, caption }) => element("div", {}, element("dt", {}, this.#say(caption)), element("dd", {}, element("kbd", {}, keysOn(isMac, keys)))));
    return element("section", {}, element("h3", {}, this.#say(heading)), element("dl", {}, ...lines));
  }
}
