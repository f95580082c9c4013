// From a code to a session: gets ready while the technician is still typing, joins, and says in words why it did not come about.

import type { EndReason } from "../session/states.ts";
import { Admissions } from "./admissions.ts";
import { missing } from "./browser.ts";
import { CodeForm } from "./code-form.ts";
import { DeskProblem, type DeskApi } from "./desk-api.ts";
import { mostSessions, type OpenSessions } from "./open-sessions.ts";
import { usablePermissions } from "./session-model.ts";
import type { SessionPage } from "./session-page.ts";
import type { SupportCode } from "./support-code.ts";
import type { TechnicianKey } from "./technician-key.ts";
import { spokenMinutes, type Say } from "./texts/texts.ts";
import type { WaitingRoom } from "./waiting-room.ts";
import type { WaitingCustomer } from "./waiting-room-model.ts";

export interface Reception {
  readonly api: DeskApi;
  readonly technicianKey: TechnicianKey;
  readonly room: WaitingRoom;
  readonly sessions: OpenSessions;
}

/** What this browser does not have and a session needs. */
const lack = missing(globalThis);

export class Connecting {
  readonly form: CodeForm;
  readonly #say: Say;
  readonly #desk: Reception;
  readonly #admissions: Admissions;
  // The next session's worker loads while nobody waits for it.
  #next: SessionPage | null = null;
  /** For the next try after a wrong code: only the secret digits are new then. */
  #lastNameplate = "";
  /** The nameplate in the field; null while nothing is to be said about it. */
  #typed: string | null = null;

  constructor(say: Say, desk: Reception) {
    this.#say = say;
    this.#desk = desk;
    this.#admissions = new Admissions(desk.api, desk.technicianKey);
    this.form = new CodeForm(say, {
      nameplateTyped: (nameplate) => this.#nameplateTyped(nameplate),
      completed: (nameplate) => this.#completed(nameplate),
      connect: (code) => void this.#connect(code),
    });
    if (lack !== null) this.warn(say(lack));
  }

  /** The technician has taken this customer: only the secret digits are to be typed. */
  begin(customer: WaitingCustomer): void {
    this.form.begin(customer.nameplate);
    this.form.tell(this.#say("code.pickedUp", { name: this.#desk.room.nameOf(customer) }));
  }

  /** The waiting room is in front again. */
  clear(): void {
    this.form.clear();
    this.form.tell("");
    this.form.focus();
  }

  /** The list has changed: perhaps there is another thing to say of what is typed. */
  refresh(): void {
    if (this.#typed !== null) this.#nameplateTyped(this.#typed);
  }

  /** No session came about. The technician may be looking at another by then. */
  failed(reason: EndReason | null, wasFront: boolean): void {
    if (reason === null) return;
    const text = this.#say(`reason.${reason}`);
    if (reason === "wrong-code" && wasFront) this.form.begin(this.#lastNameplate);
    this.warn(text);
    this.#desk.sessions.front?.tell(text);
  }

  /** Stays until the technician types. */
  warn(text: string): void {
    this.#typed = null;
    this.form.warn(text);
  }

  problem(error: unknown): void {
    this.warn(problemText(this.#say, error));
  }

  #nameplateTyped(nameplate: string | null): void {
    this.#typed = nameplate;
    if (nameplate === null || this.#prepare() === null) return;
    const { room } = this.#desk;
    const customer = room.find(nameplate);
    if (customer === null) this.form.tell(this.#say("code.notWaiting"));
    else if (room.isOthers(customer)) this.form.tell(this.#say("code.foundTaken", { name: room.nameOf(customer), other: customer.claim?.name ?? "" }));
    else if (customer.name.trim() === "") this.form.tell(this.#say("code.foundNameless", { time: room.waitingTime(customer) }));
    else this.form.tell(this.#say("code.found", { name: customer.name, time: room.waitingTime(customer) }));
  }

  /** The technician will connect in a moment. */
  #completed(nameplate: string): void {
    if (this.#desk.sessions.isFull) return;
    this.#admissions.prepare(nameplate);
    this.#prepare()?.prepare(location.origin);
  }

  /** Gets ready what a session needs, while the technician is still typing; null, and said, where this browser cannot run one. */
  #prepare(): SessionPage | null {
    try {
      if (lack !== null) throw new DeskProblem(lack);
      if (this.#next?.isRunning !== true) this.#next = this.#desk.sessions.make();
    } catch (error) {
      this.problem(error);
      return null;
    }
    // A failure is told when the technician connects; until then it may have passed.
    this.#desk.technicianKey.proof().catch(() => undefined);
    return this.#next;
  }

  async #connect(code: SupportCode): Promise<void> {
    const { sessions, room } = this.#desk;
    if (sessions.isFull) return this.warn(this.#say("tabs.full", { count: mostSessions }));
    const current = this.#prepare();
    if (current === null) return;
    this.#next = null;
    const customer = room.find(code.nameplate)?.name ?? "";
    const joined = this.#admit(current, code);
    // What was asked for ahead is here: the join leaves before the page is drawn anew, which takes longer than its way.
    await Promise.race([joined.catch(() => undefined), new Promise((resolve) => setTimeout(resolve))]);
    current.begin(customer);
    sessions.open(current);
    try {
      await joined;
    } catch (error) {
      current.end("program-closed");
      this.problem(error);
    }
  }

  async #admit(current: SessionPage, code: SupportCode): Promise<void> {
    const { proof, ticket } = await this.#admissions.take(code.nameplate);
    if (proof.origin !== location.origin) throw new DeskProblem("problem.origin", { origin: proof.origin });
    current.join({
      type: "join",
      origin: location.origin,
      ticket,
      nameplate: code.nameplate,
      secret: new TextEncoder().encode(code.secret),
      certificate: proof.certificate,
      signingKey: proof.signingKey,
      organizationKeyHash: proof.organizationKeyHash,
      requested: usablePermissions,
    });
    this.#lastNameplate = code.nameplate;
  }
}

/** The words for whatever went wrong. */
export function problemText(say: Say, error: unknown): string {
  if (!(error instanceof DeskProblem)) return say("problem.internal");
  return say(error.text, { time: spokenMinutes(say, Number(error.values["seconds"] ?? 0)), ...error.values });
}
