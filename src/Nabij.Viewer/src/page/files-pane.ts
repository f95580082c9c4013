// The files of a session, at the right edge of the picture: sending, asking for, accepting, and how far everything is. The worker
// does the work; here are the words and the buttons.

import { privatePlatform } from "../files/private-platform.ts";
import type { Place } from "../files/places.ts";
import { permissions } from "../protocol/permissions.ts";
import type { PageToWorker, WorkerToPage } from "../session/worker-messages.ts";
import type { TransferReport } from "../session/transfer-reports.ts";
import { Downloads } from "./downloads.ts";
import { button, element, setText } from "./element.ts";
import { FileLog, isOwn } from "./file-log.ts";
import { FileOffers } from "./file-offers.ts";
import { FileRequest } from "./file-request.ts";
import { FileRow } from "./file-row.ts";
import { FileWords, percentOf } from "./file-words.ts";
import { candidatesOf, judgePick, type Candidate, type LeftOut } from "./picking.ts";
import type { SessionModel } from "./session-model.ts";
import type { Say } from "./texts/texts.ts";

export interface FilesPaneEvents {
  readonly send: (message: PageToWorker) => void;
  readonly ask: (permissions: number) => void;
  readonly toPicture: () => void;
  /** Something that the technician should hear of wherever they look. */
  readonly tell: (text: string) => void;
  /** Files have come, gone on, or ended. */
  readonly changed: () => void;
  readonly opened: () => void;
  readonly goOnAfterAll: () => void;
}

type FileMessage = Extract<WorkerToPage, { type: "files-ready" | "transfers" | "file-arrived" | "file-saved" | "request-answered" }>;

/** Lines of what could not be offered that are shown at once. */
const leftOutShown = 50;
const { FILES_TO_HOST, FILES_FROM_HOST } = permissions;

export class FilesPane {
  readonly root: HTMLElement;
  readonly log = new FileLog();
  readonly #say: Say;
  readonly #events: FilesPaneEvents;
  readonly #words: FileWords;
  readonly #downloads = new Downloads(privatePlatform);
  readonly #pane: HTMLElement;
  readonly #bubble: HTMLButtonElement;
  readonly #heading = element("h2", { id: "files-heading" });
  readonly #send: HTMLButtonElement;
  readonly #sendFolder: HTMLButtonElement;
  readonly #get: HTMLButtonElement;
  readonly #request: FileRequest;
  readonly #offers: FileOffers;
  readonly #hint = element("p", { class: "hint", role: "status" });
  readonly #noPlace: HTMLElement;
  readonly #leftOut = element("section", { class: "left-out", hidden: true });
  readonly #ending: HTMLElement;
  readonly #overall = element("p", { class: "files-overall" });
  readonly #meter: HTMLProgressElement;
  readonly #list: HTMLUListElement;
  readonly #done: HTMLUListElement;
  readonly #empty: HTMLElement;
  readonly #rows = new Map<number, FileRow>();
  readonly #stale = new Set<number>();
  /** Where the worker has written a file: its name, or null when it could not. */
  readonly #saved = new Map<number, string | null>();
  /** Those that go to a chosen place. */
  readonly #placed = new Set<number>();
  #model: SessionModel | null = null;
  /** Said no to lately: asked again only when the technician does something again. */
  #refused = 0;
  #waitsToSend = false;
  #canReceive = true;
  #inFlight = 0;

  constructor(say: Say, events: FilesPaneEvents) {
    this.#say = say;
    this.#events = events;
    this.#words = new FileWords(say, document.documentElement.lang || "en", this.log);
    const [files, folder] = [this.#input({ multiple: true }), this.#input({ webkitdirectory: true })];
    this.#send = button(say("files.send"), { class: "primary" }, () => files.click());
    this.#sendFolder = button(say("files.sendFolder"), { class: "quiet" }, () => folder.click());
    this.#get = button(say("files.get"), { class: "quiet" }, () => this.#request.open());
    this.#request = new FileRequest(say, (what) => events.send({ type: "request-files", what }), () => this.#wants());
    this.#offers = new FileOffers(say, this.#words, {
      accept: (ids, place) => this.#accept(ids, place),
      decline: (ids) => events.send({ type: "decline-files", ids }),
    });
    this.#noPlace = element("p", { class: "hint", hidden: true }, say("files.noPlace"));
    this.#ending = element("section", { class: "files-ending", hidden: true }, element("p", {}, say("ending.waits")), button(say("ending.goOnAfterAll"), { class: "quiet" }, events.goOnAfterAll));
    this.#meter = element("progress", { max: 100, "aria-label": say("files.all") });
    this.#list = element("ul", { class: "file-list", "aria-label": say("files.underWay") });
    this.#done = element("ul", { class: "file-list", "aria-label": say("files.done") });
    this.#empty = element("p", { class: "hint" }, say("files.empty"));
    this.#bubble = button("", { class: "files-bubble", hidden: true }, () => this.open());
    this.#pane = this.#makePane([files, folder]);
    this.root = element("div", { class: "files" }, this.#pane, this.#bubble);
  }

  get isOpen(): boolean {
    return !this.#pane.hidden;
  }

  /** Whether there is anything to do with files, now or before. */
  get isAvailable(): boolean {
    const model = this.#model;
    if (model === null || (model.ceiling & (FILES_TO_HOST | FILES_FROM_HOST)) === 0) return false;
    return ["active", "stopped", "resuming"].includes(model.state) || (model.state === "ended" && !this.log.isEmpty);
  }

  /** Whether files may be picked or dropped now. */
  get maySend(): boolean {
    return this.#model?.state === "active" && (this.#model.ceiling & FILES_TO_HOST) !== 0;
  }

  /** What the panel's button says beside its name; empty for nothing. */
  get mark(): string {
    const waiting = this.log.unanswered.flat().length;
    if (waiting > 0) return this.#say("files.markNew", { count: waiting });
    const { files, ended, done, size } = this.log.overall;
    return ended < files ? `${percentOf(done, size)} %` : "";
  }

  /** While the session ends by itself when the copying is done. */
  set isEnding(isEnding: boolean) {
    this.#ending.hidden = !isEnding;
  }

  /** Opens the pane and takes the keyboard. */
  open(): void {
    this.#events.opened();
    this.#pane.hidden = false;
    this.#render();
    if (!this.#offers.focus()) (this.#send.disabled ? this.#pane : this.#send).focus();
  }

  toggle(): void {
    if (this.isOpen) this.#close();
    else if (this.isAvailable) this.open();
  }

  /** Makes room for something else. */
  hide(): void {
    this.#pane.hidden = true;
    this.#render();
  }

  show(model: SessionModel): void {
    this.#model = model;
    this.root.hidden = !this.isAvailable;
    setText(this.#heading, this.#say("files.heading", { name: model.customer === "" ? this.#say("bar.customer") : model.customer }));
    this.#request.allow((model.granted & FILES_FROM_HOST) !== 0 && model.state === "active");
    this.#askIfNeeded();
    for (const id of this.#rows.keys()) this.#stale.add(id);
    this.#render();
  }

  /** Files were picked or dropped. */
  pick(candidates: readonly Candidate[]): void {
    if (!this.maySend) return;
    const { files, leftOut } = judgePick(candidates, this.log.offersLeft);
    this.#showLeftOut(candidates.length === 0 ? [{ path: "", problem: "empty-folder" }] : leftOut);
    if (files.length > 0) {
      this.#events.send({ type: "send-files", files });
      this.log.offered(files.length);
      this.#waitsToSend = true;
      this.#wants();
    }
    this.open();
  }

  declined(refused: number): void {
    this.#refused |= refused;
    if ((refused & FILES_FROM_HOST) !== 0) this.#request.declined();
  }

  take(message: FileMessage): void {
    switch (message.type) {
      case "files-ready":
        this.#canReceive = message.canReceive;
        break;
      case "transfers":
        this.#transfers(message.changed);
        break;
      case "file-arrived":
        this.#downloads.arrived(message.id, message.name, message.file, message.lock);
        if (!this.#placed.has(message.id)) this.#downloads.start(message.id);
        break;
      case "file-saved":
        this.#saved.set(message.id, message.name);
        if (message.name !== null) this.#downloads.forget(message.id);
        else this.#events.tell(this.#say("files.notSaved"));
        this.#stale.add(message.id);
        break;
      case "request-answered":
        this.#request.answered(message.group);
        break;
    }
    this.#render();
  }

  /** Time goes on. */
  tick(): void {
    this.log.tick(Date.now());
    if (this.#inFlight === 0) return;
    for (const one of this.log.transfers) if (one.stage === "moving") this.#stale.add(one.id);
    this.#render();
    this.#events.changed();
  }

  /** The page of the session goes. */
  dispose(): void {
    this.#downloads.close();
  }

  #transfers(changed: readonly TransferReport[]): void {
    const before = { inFlight: this.#inFlight, unanswered: this.log.unanswered.length, failed: this.log.outcome.failed };
    this.log.take(changed, Date.now());
    for (const { id } of changed) this.#stale.add(id);
    this.#inFlight = this.log.inFlight.length;
    this.#waitsToSend = this.log.inFlight.some((one) => isOwn(one) && one.stage === "held-off");
    const { unanswered } = this.log;
    if (unanswered.length > before.unanswered) this.#announceOffer(unanswered.at(-1) ?? []);
    else if (before.inFlight > 0 && this.#inFlight === 0) this.#announceEnd();
    this.#askIfNeeded();
    this.#events.changed();
  }

  #announceOffer(group: readonly TransferReport[]): void {
    this.#events.tell(this.#offerText(group));
  }

  #announceEnd(): void {
    const { files, ended } = this.log.overall;
    const failed = [...this.log.transfers].slice(-files).filter(({ end }) => end !== null && "reason" in end).length;
    if (files > 0 && ended === files) this.#events.tell(failed === 0 ? this.#say("files.allArrived") : this.#say("files.someFailed", { count: failed }));
  }

  #offerText(group: readonly TransferReport[]): string {
    const size = this.#words.size(group.reduce((sum, one) => sum + one.size, 0));
    return group.length === 1 ? this.#say("files.offerOne", { size }) : this.#say("files.offer", { count: group.length, size });
  }

  #accept(ids: readonly number[], place: Place | null): void {
    if (place !== null) for (const id of ids) this.#placed.add(id);
    this.#events.send({ type: "accept-files", ids, place });
    // Out of the question's place at once; the worker's word follows.
    this.#transfers(ids.flatMap((id) => this.log.get(id) ?? []).map((one) => ({ ...one, isAccepted: true, stage: "next" })));
    this.#render();
    this.#pane.focus();
  }

  /** The technician did something that needs a permission. */
  #wants(): void {
    this.#refused = 0;
    if (this.#model !== null) this.show(this.#model);
  }

  #askIfNeeded(): void {
    const model = this.#model;
    if (model === null || model.state !== "active" || model.asking !== "none") return;
    const needed = (this.#waitsToSend ? FILES_TO_HOST : 0) | (this.#request.stage === "wanted" ? FILES_FROM_HOST : 0);
    const wanted = needed & model.ceiling & ~model.granted & ~this.#refused;
    // Not within the change that led here.
    if (wanted !== 0) queueMicrotask(() => this.#model?.asking === "none" && this.#events.ask(wanted));
  }

  #close(): void {
    this.hide();
    this.#events.toPicture();
  }

  #render(): void {
    const model = this.#model;
    if (model === null) return;
    this.#renderBubble();
    if (!this.isOpen) return;
    const isActive = model.state === "active";
    this.#send.disabled = this.#sendFolder.disabled = !this.maySend || this.log.offersLeft === 0;
    this.#get.disabled = !isActive || (model.ceiling & FILES_FROM_HOST) === 0 || !this.#canReceive || this.#request.stage !== "none";
    this.#noPlace.hidden = this.#canReceive;
    setText(this.#hint, this.#hintText(model));
    this.#offers.show(model.state === "ended" ? [] : this.log.unanswered);
    const { overall } = this.log;
    setText(this.#overall, this.#words.overall(overall));
    this.#meter.hidden = overall.ended === overall.files;
    this.#meter.value = percentOf(overall.done, overall.size);
    this.#empty.hidden = !this.log.isEmpty;
    for (const id of this.#stale) this.#renderRow(id, model);
    this.#stale.clear();
  }

  #renderBubble(): void {
    const [group] = this.log.unanswered;
    const text = group !== undefined ? this.#offerText(group) : this.#inFlight > 0 ? this.#say("files.bubble", { mark: this.mark }) : "";
    this.#bubble.hidden = text === "" || this.isOpen || this.#model?.state === "ended";
    setText(this.#bubble, text);
  }

  #hintText(model: SessionModel): string {
    const say = this.#say;
    const isWaiting = this.#waitsToSend || this.#request.stage === "wanted";
    if (model.state === "stopped") return say((model.granted & (FILES_TO_HOST | FILES_FROM_HOST)) === 0 ? "files.hintStopped" : "files.hintKept");
    if (model.state !== "active") return "";
    if (isWaiting && model.asking === "open") return say("files.hintAsked");
    if (model.asking === "declined" && this.#refused !== 0) return say("grant.declined");
    return this.log.offersLeft === 0 ? say("files.noMore") : "";
  }

  #renderRow(id: number, model: SessionModel): void {
    const report = this.log.get(id);
    if (report === undefined || (!report.isAccepted && report.end === null)) return;
    const row = this.#rows.get(id) ?? this.#makeRow(report);
    const place = report.end === null ? this.#list : this.#done;
    if (row.root.parentElement !== place) {
      const hadFocus = row.root.contains(document.activeElement);
      if (report.end === null) place.append(row.root);
      else place.prepend(row.root);
      if (hadFocus) row.root.focus();
    }
    row.show(report, model, { saved: this.#saved.get(id), canSave: this.#downloads.has(id) });
  }

  #makeRow(report: TransferReport): FileRow {
    const { id } = report;
    const row = new FileRow(this.#say, this.#words, report, {
      hold: (isHeld) => this.#events.send({ type: "hold-file", id, isHeld }),
      cancel: () => this.#events.send({ type: "cancel-file", id }),
      save: () => this.#downloads.start(id),
    });
    this.#rows.set(id, row);
    return row;
  }

  #showLeftOut(leftOut: readonly LeftOut[]): void {
    const say = this.#say;
    this.#leftOut.hidden = leftOut.length === 0;
    if (leftOut.length === 0) return;
    const items = leftOut.slice(0, leftOutShown).map(({ path, problem }) => element("li", {}, element("bdi", { class: "file-name" }, path), element("span", { class: "hint" }, this.#words.problem(problem))));
    if (leftOut.length > leftOutShown) items.push(element("li", {}, say("files.more", { count: leftOut.length - leftOutShown })));
    const dismiss = button(say("files.dismiss"), { class: "link" }, () => (this.#leftOut.hidden = true));
    const heading = element("h3", {}, leftOut.length === 1 ? say("files.leftOutOne") : say("files.leftOutMany", { count: leftOut.length }));
    this.#leftOut.replaceChildren(heading, element("ul", { role: "alert" }, ...items), dismiss);
  }

  #input(kind: Readonly<Record<string, boolean>>): HTMLInputElement {
    const input = element("input", { type: "file", hidden: true, tabindex: -1, ...kind });
    input.addEventListener("change", () => {
      const candidates = candidatesOf(input.files ?? []);
      input.value = "";
      this.pick(candidates);
    });
    return input;
  }

  #makePane(inputs: readonly HTMLInputElement[]): HTMLElement {
    const say = this.#say;
    const close = button("✕", { class: "quiet", "aria-label": say("files.close"), title: say("files.close") }, () => this.#close());
    const head = element("header", {}, this.#heading, close);
    const actions = element("div", { class: "files-actions" }, this.#send, this.#sendFolder, this.#get, ...inputs);
    const drop = element("p", { class: "hint files-drop" }, say("files.drop"));
    const body = element(
      "div", { class: "files-body" }, this.#ending, actions, drop, this.#hint, this.#noPlace, this.#request.root, this.#request.status, this.#offers.root, this.#leftOut,
      this.#overall, this.#meter, this.#empty, this.#list, this.#done,
    );
    const pane = element("aside", { id: "files", "aria-labelledby": "files-heading", tabindex: -1, hidden: true }, head, body);
    pane.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#close();
    });
    return pane;
  }
}
