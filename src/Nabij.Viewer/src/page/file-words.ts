// The words for files: sizes, speeds, where a transfer stands, why one failed. Knows no document.

import type { TransferReport } from "../session/transfer-reports.ts";
import { isOwn, type FileLog, type Overall } from "./file-log.ts";
import { peerText } from "./peer-text.ts";
import type { PickProblem } from "./picking.ts";
import type { SessionModel } from "./session-model.ts";
import { spokenMinutes, type Say, type TextKey } from "./texts/texts.ts";

const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** `1.2 MB` in the language of the page. */
export function sizeText(language: string, bytes: number, perSecond = false): string {
  let [value, unit] = [bytes, 0];
  for (; value >= 999.5 && unit < units.length - 1; unit++) value /= 1000;
  const name = `${units[unit] ?? "byte"}${perSecond ? "-per-second" : ""}`;
  const digits = unit === 0 || value >= 99.5 ? 0 : 1;
  return new Intl.NumberFormat(language, { style: "unit", unit: name, unitDisplay: "short", maximumFractionDigits: digits }).format(value);
}

/** The last name of the path, fit to show. */
export function nameText({ path }: Pick<TransferReport, "path">): string {
  return peerText(path.at(-1) ?? "");
}

/** The folders before the name; empty when there are none. */
export function folderText({ path }: Pick<TransferReport, "path">): string {
  return peerText(path.slice(0, -1).join(" / "));
}

export function timeLeft(say: Say, seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 60 ? say(whole === 1 ? "files.second" : "files.seconds", { count: whole }) : spokenMinutes(say, whole);
}

export class FileWords {
  readonly #say: Say;
  readonly #language: string;
  readonly #log: FileLog;

  constructor(say: Say, language: string, log: FileLog) {
    this.#say = say;
    this.#language = language;
    this.#log = log;
  }

  size(bytes: number): string {
    return sizeText(this.#language, bytes);
  }

  /** Where a transfer stands. */
  state(one: TransferReport, model: SessionModel): string {
    const say = this.#say;
    if (one.end !== null) return "name" in one.end ? this.#arrived(one, one.end.name) : say(`files.${isOwn(one) ? "up" : "down"}.${one.end.reason}`);
    if (one.stage === "held-off") return say(model.state === "resuming" ? "files.away" : model.state === "stopped" ? "files.stopped" : "files.notAllowed");
    if (one.isHeldHere) return say("files.heldHere");
    if (one.isHeldThere) return say("files.heldThere");
    switch (one.stage) {
      case "offered":
        return say(isOwn(one) ? "files.asked" : "files.yours");
      case "next":
        return say("files.next");
      case "checking":
        return say("files.checking");
      case "verifying":
        return say("files.verifying");
      default:
        return this.#moving(one.done, one.size);
    }
  }

  /** The line above the list, or empty. */
  overall({ files, ended, size, done, speed }: Overall): string {
    if (files === 0 || ended === files) return "";
    const values = { ended, files, percent: percentOf(done, size) };
    if (speed === null) return this.#say("files.overall", values);
    return `${this.#say("files.overall", values)} · ${sizeText(this.#language, speed, true)} · ${this.#left(size - done)}`;
  }

  problem(problem: PickProblem): string {
    return this.#say(`files.leftOut.${problem}`);
  }

  #moving(done: number, size: number): string {
    const { speed } = this.#log.overall;
    const text = this.#say("files.moving", { done: this.size(done), size: this.size(size) });
    return speed === null ? text : `${text} · ${sizeText(this.#language, speed, true)} · ${this.#left(size - done)}`;
  }

  #left(rest: number): string {
    const seconds = this.#log.secondsLeft(rest);
    return seconds === null ? "" : this.#say("files.left", { time: timeLeft(this.#say, seconds) });
  }

  #arrived(one: TransferReport, name: string): string {
    const key: TextKey = isOwn(one) ? (name === one.path.at(-1) ? "files.arrived" : "files.arrivedAs") : "files.here";
    return this.#say(key, { name: peerText(name) });
  }
}

export function percentOf(done: number, size: number): number {
  return size === 0 ? 0 : Math.floor((done / size) * 100);
}
