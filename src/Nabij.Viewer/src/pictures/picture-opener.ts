// Opens the pictures of one session where they are listed: asks for the passphrase where no key is open yet, and shows image
// and caption. On the page of the session, its report, and in the notes at the desk. What a picture says is text (invariant 9).

import { button, element, setText } from "../page/element.ts";
import type { Say } from "../page/texts/texts.ts";
import type { OpenedKeys } from "./opened-keys.ts";
import { fetchPicture, fetchWrappedKey } from "./picture-calls.ts";
import { unwrapKey } from "./pictures-key.ts";
import { openPicture } from "./sealing.ts";

/** A picture that is listed, and where it is shown once it is open. */
export interface ListedPicture {
  readonly id: string;
  /** 32 hex digits: the technician. */
  readonly author: string;
  /** Of whose run it is, where that is not the session itself. */
  readonly session?: string;
  /** Key id, 64 hex digits. */
  readonly key: string;
  /** From 1, as it is called in the list. */
  readonly number: number;
  readonly place: HTMLElement;
}

export class PictureOpener {
  readonly root: HTMLFormElement;
  /** Takes opened keys away again; there while something is open. */
  readonly forget: HTMLButtonElement;
  readonly #say: Say;
  readonly #keys: OpenedKeys;
  readonly #of: { readonly organization: string; readonly session: string };
  readonly #field: HTMLInputElement;
  readonly #submit: HTMLButtonElement;
  readonly #problem: HTMLElement;
  readonly #urls = new Map<HTMLElement, string>();
  #listed: readonly ListedPicture[] = [];

  constructor(say: Say, keys: OpenedKeys, of: { readonly organization: string; readonly session: string }) {
    this.#say = say;
    this.#keys = keys;
    this.#of = of;
    const id = `passphrase-${of.session}`;
    this.#field = element("input", { id, type: "password", autocomplete: "off", "aria-describedby": `${id}-problem` });
    this.#submit = element("button", { type: "submit", class: "primary" }, say("pictures.open"));
    this.#problem = element("p", { id: `${id}-problem`, class: "problem", role: "alert", hidden: true });
    const field = element("div", { class: "field" }, element("label", { for: id }, say("pictures.passphrase")), this.#field);
    this.root = element("form", { class: "picture-opener no-print", hidden: true }, field, this.#problem, this.#submit);
    this.forget = button(say("pictures.forget"), { class: "quiet no-print", hidden: true }, () => void keys.forget().then(() => this.show(this.#listed, true)));
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#unlock();
    });
  }

  /**
   * Shows what keys are open for, and asks for the passphrase of the rest.
   * @param anew also what is shown already is closed first
   */
  async show(listed: readonly ListedPicture[], anew = false): Promise<void> {
    for (const [place, url] of this.#urls) if (anew || !listed.some((one) => one.place === place)) this.#forget(place, url);
    this.#listed = listed;
    await this.#showOpen();
  }

  dispose(): void {
    for (const [place, url] of this.#urls) this.#forget(place, url);
  }

  get #closedKeys(): Promise<string[]> {
    const ids = [...new Set(this.#listed.map(({ key }) => key))];
    return Promise.all(ids.map(async (id) => ((await this.#keys.find(id)) === null ? id : ""))).then((found) => found.filter((id) => id !== ""));
  }

  /** Tries the passphrase on each key that is not open. */
  async #unlock(): Promise<void> {
    const typed = this.#field.value;
    if (typed === "") return this.#tell(this.#say("pictures.typeIt"));
    this.#submit.disabled = true;
    this.#tell("");
    let opened = 0;
    let missing = 0;
    for (const id of await this.#closedKeys) {
      const wrapped = await fetchWrappedKey(id);
      const key = wrapped === null ? null : await unwrapKey(wrapped, typed, { organization: this.#of.organization, key: id }).catch(() => null);
      if (wrapped === null) missing++;
      if (key === null) continue;
      await this.#keys.keep(id, key);
      opened++;
    }
    this.#submit.disabled = false;
    if (opened > 0) this.#field.value = "";
    await this.#showOpen();
    if (opened === 0) {
      this.#tell(this.#say(missing > 0 ? "pictures.offline" : "pictures.wrong"));
      this.#field.focus();
    } else if (!this.root.hidden) this.#tell(this.#say("pictures.otherKey"));
  }

  async #showOpen(): Promise<void> {
    const closed = await this.#closedKeys;
    this.root.hidden = closed.length === 0;
    this.forget.hidden = !this.#listed.some(({ key }) => !closed.includes(key));
    for (const one of this.#listed) {
      if (!closed.includes(one.key) && !this.#urls.has(one.place)) await this.#open(one);
    }
  }

  async #open(one: ListedPicture): Promise<void> {
    const key = await this.#keys.find(one.key);
    const sealed = key === null ? null : await fetchPicture(one.id);
    if (key === null || this.#urls.has(one.place)) return;
    if (sealed === null) return one.place.replaceChildren(element("p", { class: "problem" }, this.#say("pictures.offline")));
    const picture = await openPicture(key, { ...this.#of, session: one.session ?? this.#of.session, author: one.author }, sealed);
    if (picture === null) return one.place.replaceChildren(element("p", { class: "problem" }, this.#say("pictures.broken")));
    const url = URL.createObjectURL(new Blob([picture.image], { type: "image/png" }));
    this.#urls.set(one.place, url);
    const { caption } = picture;
    const image = element("img", { src: url, alt: caption === "" ? this.#say("pictures.alt", { number: one.number }) : caption });
    const download = element("a", { class: "button no-print", href: url, download: `${this.#say("pictures.file")}-${one.number}.png` }, this.#say("pictures.save"));
    const words = caption === "" ? [] : [element("figcaption", { dir: "auto" }, caption)];
    one.place.replaceChildren(element("figure", {}, image, ...words), download);
    await image.decode().catch(() => one.place.replaceChildren(element("p", { class: "problem" }, this.#say("pictures.broken"))));
  }

  #forget(place: HTMLElement, url: string): void {
    this.#urls.delete(place);
    URL.revokeObjectURL(url);
    place.replaceChildren();
  }

  #tell(problem: string): void {
    setText(this.#problem, problem);
    this.#problem.hidden = problem === "";
    if (problem === "") this.#field.removeAttribute("aria-invalid");
    else this.#field.setAttribute("aria-invalid", "true");
  }
}
