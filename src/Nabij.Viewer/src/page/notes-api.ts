// The desk's calls about notes and time worked. What was written is the technician's own; what names a customer is text.

import { DeskProblem, type DeskApi } from "./desk-api.ts";
import type { SaveAnswer } from "./note-keeper.ts";
import type { WorkUnit } from "./work-clock.ts";

/** A text of the organization's that a note can begin with. */
export interface NoteTemplate {
  readonly name: string;
  /** Of the technicians it is for; empty for all. */
  readonly language: string;
  readonly text: string;
}

export interface NotesSetup {
  readonly templates: readonly NoteTemplate[];
  readonly unit: WorkUnit;
}

/** Note and time of one session as the server has them. Seconds. */
export interface StoredNote {
  readonly text: string;
  readonly revision: number;
  readonly counted: number;
  readonly corrected: number | null;
}

/** One of the technician's last sessions. */
export interface RecentSession {
  readonly session: string;
  readonly name: string;
  readonly platform: string;
  /** Milliseconds since 1970 by this computer's clock. */
  readonly beganAt: number;
  readonly lastedSeconds: number;
  readonly hasNote: boolean;
  readonly workedSeconds: number | null;
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const number = (value: unknown): number => (typeof value === "number" && Number.isFinite(value) ? value : 0);
const listOf = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter((one): one is Record<string, unknown> => one !== null && typeof one === "object") : [];

export class NotesApi {
  readonly #api: Pick<DeskApi, "get" | "post" | "postLast">;

  constructor(api: Pick<DeskApi, "get" | "post" | "postLast">) {
    this.#api = api;
  }

  async setup(): Promise<NotesSetup> {
    const { templates, unitMinutes, rounding } = (await this.#api.get("/desk/notes/setup")) as Record<string, unknown>;
    return {
      templates: listOf(templates).map((one) => ({ name: text(one["name"]), language: text(one["language"]), text: text(one["text"]) })),
      unit: { minutes: number(unitMinutes), rounding: rounding === "nearest" ? "nearest" : "up" },
    };
  }

  async recent(): Promise<RecentSession[]> {
    const { sessions } = (await this.#api.get("/desk/notes")) as Record<string, unknown>;
    return listOf(sessions).filter((one) => /^[0-9a-f]{32}$/.test(text(one["session"]))).map((one) => ({
      session: text(one["session"]), name: text(one["name"]), platform: text(one["platform"]), beganAt: Date.now() - number(one["beganSecondsAgo"]) * 1000,
      lastedSeconds: number(one["lastedSeconds"]), hasNote: one["hasNote"] === true, workedSeconds: typeof one["workedSeconds"] === "number" ? one["workedSeconds"] : null,
    }));
  }

  async read(session: string): Promise<StoredNote> {
    const stored = (await this.#api.get(`/desk/sessions/${session}/note`)) as Record<string, unknown>;
    const corrected = stored["corrected"];
    return { text: text(stored["text"]), revision: number(stored["revision"]), counted: number(stored["counted"]), corrected: typeof corrected === "number" ? corrected : null };
  }

  /** Never raises: a note that is not kept is tried again, or asked about. */
  async save(session: string, note: string, revision: number): Promise<SaveAnswer> {
    try {
      const answer = (await this.#api.postLast(`/desk/sessions/${session}/note`, { text: note, revision })) as Record<string, unknown> | null;
      return { kept: true, revision: number(answer?.["revision"]) };
    } catch (error) {
      const said = error instanceof DeskProblem ? error.text : "";
      return { kept: false, why: said === "notes.changed" ? "changed" : said === "notes.closed" ? "closed" : "failed" };
    }
  }

  /** Whether it is kept. */
  async saveTime(session: string, counted: number, corrected: number | null): Promise<boolean> {
    return this.#api.postLast(`/desk/sessions/${session}/time`, { counted, corrected }).then(() => true, () => false);
  }
}
