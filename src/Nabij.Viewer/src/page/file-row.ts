// One file in the list: name, size, how far it is, what can be done with it.

import { permissions } from "../protocol/permissions.ts";
import type { TransferReport } from "../session/transfer-reports.ts";
import { button, element, setText } from "./element.ts";
import { isOwn } from "./file-log.ts";
import { folderText, nameText, percentOf, type FileWords } from "./file-words.ts";
import type { SessionModel } from "./session-model.ts";
import type { Say } from "./texts/texts.ts";

export interface FileRowEvents {
  readonly hold: (isHeld: boolean) => void;
  readonly cancel: () => void;
  /** Hands an arrived file over once more. */
  readonly save: () => void;
}

/** What the page knows beyond the report. */
export type Whereabouts = {
  /** Where it was written: the name there; null: it could not be. Undefined: it is, or was, a download. */
  readonly saved: string | null | undefined;
  readonly canSave: boolean;
};

export class FileRow {
  readonly root: HTMLLIElement;
  readonly #say: Say;
  readonly #words: FileWords;
  readonly #meter: HTMLProgressElement;
  readonly #state = element("p", { class: "file-state" });
  readonly #hold: HTMLButtonElement;
  readonly #cancel: HTMLButtonElement;
  readonly #save: HTMLButtonElement;
  readonly #name: string;
  #isHeld = false;

  constructor(say: Say, words: FileWords, report: TransferReport, events: FileRowEvents) {
    this.#say = say;
    this.#words = words;
    this.#name = nameText(report);
    const folder = folderText(report);
    const direction = say(isOwn(report) ? "files.toCustomer" : "files.fromCustomer");
    this.#meter = element("progress", { max: 100, "aria-label": this.#name });
    this.#hold = button("", { class: "link" }, () => events.hold(!this.#isHeld));
    this.#cancel = button(say("files.cancel"), { class: "link danger", "aria-label": say("files.cancelLong", { name: this.#name }) }, events.cancel);
    this.#save = button(say("files.saveAgain"), { class: "link", "aria-label": say("files.saveAgainLong", { name: this.#name }) }, events.save);
    const arrow = element("span", { class: "file-arrow", role: "img", "aria-label": direction, title: direction }, isOwn(report) ? "↑" : "↓");
    const title = element("p", { class: "file-title" }, arrow, element("bdi", { class: "file-name" }, this.#name), element("span", { class: "file-size" }, words.size(report.size)));
    const where = folder === "" ? [] : [element("p", { class: "file-folder" }, element("bdi", {}, folder))];
    this.root = element("li", { tabindex: -1 }, title, ...where, this.#meter, this.#state, element("div", { class: "file-actions" }, this.#hold, this.#cancel, this.#save));
  }

  show(report: TransferReport, model: SessionModel, { saved, canSave }: Whereabouts): void {
    const { end, stage, isHeldHere, done, size } = report;
    const isOver = end !== null;
    const percent = percentOf(done, size);
    this.#meter.value = percent;
    this.#meter.hidden = isOver;
    const text = this.#text(report, model, saved);
    this.#meter.setAttribute("aria-valuetext", `${percent} %`);
    setText(this.#state, text);
    this.root.dataset["stage"] = end !== null && "reason" in end ? "failed" : saved === null ? "failed" : stage;
    const bit = isOwn(report) ? permissions.FILES_TO_HOST : permissions.FILES_FROM_HOST;
    const mayHold = !isOver && report.isAccepted && (model.granted & bit) !== 0 && stage !== "verifying";
    this.#isHeld = isHeldHere;
    this.#hold.hidden = !mayHold;
    setText(this.#hold, this.#say(isHeldHere ? "files.goOn" : "files.pause"));
    this.#hold.setAttribute("aria-label", this.#say(isHeldHere ? "files.goOnLong" : "files.pauseLong", { name: this.#name }));
    this.#cancel.hidden = isOver || !report.isAccepted;
    this.#save.hidden = !canSave || !isOver;
  }

  #text(report: TransferReport, model: SessionModel, saved: string | null | undefined): string {
    if (report.end === null || !("name" in report.end) || saved === undefined) return this.#words.state(report, model);
    return saved === null ? this.#say("files.notSaved") : this.#say("files.saved", { name: saved });
  }
}
