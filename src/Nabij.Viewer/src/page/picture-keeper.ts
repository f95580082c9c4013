// Keeps pictures of a session: takes what is shown, lets the technician black out and write, tells the customer, seals, and
// hands the sealed bytes to the server. Lists what was kept in the notes. The server never has a pixel (invariant 1).

import type { Bytes, PictureBinding } from "../pictures/envelope.ts";
import { OpenedKeys } from "../pictures/opened-keys.ts";
import { PictureOpener } from "../pictures/picture-opener.ts";
import { sealPicture } from "../pictures/sealing.ts";
import { DeskProblem } from "./desk-api.ts";
import { button, element, setText } from "./element.ts";
import { KeepDialog, type EditedPicture } from "./keep-dialog.ts";
import type { PicturesApi, PicturesSetup, StoredPicture } from "./pictures-api.ts";
import type { Say } from "./texts/texts.ts";
import { ToldPicture } from "./told-picture.ts";

/** What the desk gives to whoever keeps pictures. */
export interface PicturesDesk {
  readonly api: PicturesApi;
  /** The technician's account, 32 hex digits. */
  readonly author: string;
  readonly language: string;
}

export interface PictureKeeperEvents {
  /** What is shown at this moment; null: nothing that may be kept. */
  readonly picture: () => HTMLCanvasElement | null;
  /** Tells the customer's program that the picture of this number is kept; `told` is the answer. */
  readonly tellCustomer: (picture: Bytes) => void;
  readonly tell: (text: string) => void;
  readonly toPicture: () => void;
}

export class PictureKeeper {
  readonly dialog: KeepDialog;
  /** The part of the notes that lists what was kept. */
  readonly root: HTMLElement;
  readonly #say: Say;
  readonly #desk: PicturesDesk;
  readonly #events: PictureKeeperEvents;
  readonly #list = element("ul", { class: "kept-pictures" });
  readonly #state = element("p", { class: "hint", role: "status" });
  readonly #beside = element("div", {});
  #session = "";
  #setup: PicturesSetup | null = null;
  #opener: PictureOpener | null = null;
  readonly #told: ToldPicture;

  /** @param over the session is over */
  constructor(say: Say, desk: PicturesDesk, events: PictureKeeperEvents, over: AbortSignal) {
    this.#say = say;
    this.#desk = desk;
    this.#events = events;
    this.#told = new ToldPicture((picture) => events.tellCustomer(picture), over);
    this.dialog = new KeepDialog(say, { keep: (picture) => this.#keep(picture), closed: () => this.#closed() });
    this.root = element("section", { class: "note-pictures", "aria-labelledby": "kept-heading", hidden: true }, element("h3", { id: "kept-heading" }, say("kept.heading")), this.#state, this.#beside, this.#list);
  }

  /** The records know the session by this number: from now on pictures can be kept with it. */
  begin(session: string): void {
    this.#session = session;
    this.root.hidden = false;
    void this.refresh();
  }

  /** Takes the picture at once, and asks about it. */
  async open(): Promise<void> {
    if (this.dialog.isOpen) return;
    const source = this.#session === "" ? null : this.#events.picture();
    if (source === null) return this.#events.tell(this.#say("keep.nothing"));
    const setup = await this.#read();
    if (setup instanceof DeskProblem) return this.#events.tell(this.#say(setup.text, setup.values));
    if (setup.key === null) return this.#events.tell(this.#say(setup.mayMakeKey ? "keep.makeKey" : "keep.noKey"));
    this.dialog.open(source);
  }

  /** What came of `tellCustomer`. */
  told(picture: Uint8Array, isTold: boolean): void {
    this.#told.told(picture, isTold);
  }

  /** What the server has. It is no reason to disturb anybody where that cannot be had. */
  async refresh(): Promise<void> {
    const setup = await this.#read();
    const kept = setup instanceof DeskProblem ? null : await this.#desk.api.list(this.#session).catch(() => null);
    if (kept === null || setup instanceof DeskProblem) return setText(this.#state, this.#say("kept.offline"));
    setText(this.#state, kept.length === 0 ? this.#say(setup.key !== null ? "kept.none" : setup.mayMakeKey ? "keep.makeKey" : "keep.noKey") : "");
    if (this.#opener === null) {
      const keys = new OpenedKeys(setup.signIn);
      await keys.tidy();
      this.#opener = new PictureOpener(this.#say, keys, { organization: setup.organization, session: this.#session });
      this.#beside.replaceChildren(this.#opener.root);
      this.root.append(this.#opener.forget);
    }
    const places = kept.map(() => element("div", { class: "picture-place" }));
    this.#list.replaceChildren(...kept.map((one, index) => this.#item(one, index + 1, places[index] ?? element("div"))));
    await this.#opener.show(kept.map(({ id, author, key }, index) => ({ id, author, key, number: index + 1, place: places[index] ?? element("div") })));
  }

  dispose(): void {
    this.dialog.close();
    this.#opener?.dispose();
  }

  /** Whoever cancels while the customer is being told keeps nothing. */
  #closed(): void {
    this.#told.renew();
    this.#events.toPicture();
  }

  #item(one: StoredPicture, number: number, place: HTMLElement): HTMLLIElement {
    const time = new Date(one.keptAt).toLocaleTimeString(this.#desk.language, { hour: "2-digit", minute: "2-digit" });
    const remove = button(this.#say("kept.remove"), { class: "quiet", "aria-label": this.#say("kept.removeLong", { number }) }, () => void this.#remove(one));
    return element("li", {}, element("div", { class: "note-line" }, element("span", {}, this.#say("kept.line", { number, time })), remove), place);
  }

  async #remove(one: StoredPicture): Promise<void> {
    try {
      await this.#desk.api.remove(one.id);
      this.#events.tell(this.#say("kept.removed"));
    } catch (error) {
      this.#events.tell(error instanceof DeskProblem ? this.#say(error.text, error.values) : this.#say("problem.server"));
    }
    await this.refresh();
  }

  /** Asks anew each time: a new key may have been made since. */
  async #read(): Promise<PicturesSetup | DeskProblem> {
    try {
      this.#setup = await this.#desk.api.setup();
      return this.#setup;
    } catch (error) {
      return error instanceof DeskProblem ? error : new DeskProblem("problem.server");
    }
  }

  async #keep({ image, caption }: EditedPicture): Promise<string> {
    const setup = this.#setup;
    if (setup === null || setup.key === null) return this.#say("keep.noKey");
    const { organization, key } = setup;
    const binding: PictureBinding = { organization, session: this.#session, author: this.#desk.author };
    try {
      const isKept = await this.#told.keep(async (picture) =>
        this.#desk.api.keep(this.#session, await sealPicture(key, binding, { taken: Date.now(), caption, image }, { picture })));
      if (!isKept) return this.#say("keep.untold");
    } catch (error) {
      if (error instanceof DeskProblem && error.text === "keep.otherKey") await this.#read();
      if (error instanceof DeskProblem && error.text === "keep.taken") await this.refresh();
      return error instanceof DeskProblem ? this.#say(error.text, error.values) : this.#say("keep.failed");
    }
    this.#events.tell(this.#say("keep.kept"));
    await this.refresh();
    return "";
  }
}
