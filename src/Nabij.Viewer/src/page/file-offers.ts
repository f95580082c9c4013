// What the customer wants to send and the technician has not answered yet: a card for each group, with names and sizes.

import type { Place } from "../files/places.ts";
import type { TransferReport } from "../session/transfer-reports.ts";
import { button, element } from "./element.ts";
import { folderText, nameText, type FileWords } from "./file-words.ts";
import { canChoose, choosePlace } from "./places.ts";
import type { Say } from "./texts/texts.ts";

/** More names than these are behind a fold. */
const namesShown = 5;

export interface FileOffersEvents {
  readonly accept: (ids: readonly number[], place: Place | null) => void;
  readonly decline: (ids: readonly number[]) => void;
}

export class FileOffers {
  readonly root = element("div", { class: "file-offers" });
  readonly #say: Say;
  readonly #words: FileWords;
  readonly #events: FileOffersEvents;
  readonly #cards = new Map<number, { readonly root: HTMLElement; readonly ids: string }>();

  constructor(say: Say, words: FileWords, events: FileOffersEvents) {
    this.#say = say;
    this.#words = words;
    this.#events = events;
  }

  show(groups: readonly (readonly TransferReport[])[]): void {
    const wanted = new Map(groups.map((group) => [group[0]?.group ?? 0, group]));
    for (const [number, card] of this.#cards) {
      if (idsOf(wanted.get(number) ?? []).join() === card.ids) continue;
      card.root.remove();
      this.#cards.delete(number);
    }
    for (const [number, group] of wanted) {
      if (this.#cards.has(number)) continue;
      const root = this.#card(group);
      this.#cards.set(number, { root, ids: idsOf(group).join() });
      this.root.append(root);
    }
  }

  /** Takes the keyboard to the newest question. False: there is none. */
  focus(): boolean {
    const first = this.root.querySelector<HTMLButtonElement>("button.primary");
    first?.focus();
    return first !== null;
  }

  #card(group: readonly TransferReport[]): HTMLElement {
    const say = this.#say;
    const ids = idsOf(group);
    const size = this.#words.size(group.reduce((sum, one) => sum + one.size, 0));
    const heading = element("h3", {}, group.length === 1 ? say("files.offerOne", { size }) : say("files.offer", { count: group.length, size }));
    const save = button(say("files.save"), { class: "primary" }, () => this.#events.accept(ids, null));
    const refuse = button(say("files.refuse"), { class: "quiet" }, () => this.#events.decline(ids));
    const choose = button(say("files.choose"), { class: "quiet" }, () => void this.#choose(group));
    const isOne = group.length === 1 && group[0]?.path.length === 1;
    const actions = element("div", { class: "actions" }, save, ...(canChoose(isOne) ? [choose] : []), refuse);
    return element("section", {}, heading, ...this.#names(group), actions);
  }

  #names(group: readonly TransferReport[]): HTMLElement[] {
    const item = (one: TransferReport): HTMLElement => {
      const folder = folderText(one);
      const name = element("bdi", { class: "file-name" }, folder === "" ? nameText(one) : `${folder} / ${nameText(one)}`);
      return element("li", {}, name, element("span", { class: "file-size" }, this.#words.size(one.size)));
    };
    const shown = element("ul", {}, ...group.slice(0, namesShown).map(item));
    if (group.length <= namesShown) return [shown];
    const rest = group.slice(namesShown);
    const more = element("summary", {}, this.#say("files.more", { count: rest.length }));
    return [shown, element("details", {}, more, element("ul", {}, ...rest.map(item)))];
  }

  async #choose(group: readonly TransferReport[]): Promise<void> {
    const place = await choosePlace(group.map(({ path }) => path));
    if (place !== null) this.#events.accept(idsOf(group), place);
  }
}

function idsOf(group: readonly TransferReport[]): number[] {
  return group.map(({ id }) => id);
}
