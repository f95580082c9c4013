// What a session is admitted with: the technician's proof, and the server's ticket for one nameplate. Asked for when the nine
// digits are there, so that nobody waits for it when the technician connects. Only the nameplate goes to the server.

import type { DeskApi } from "./desk-api.ts";
import type { TechnicianKey, TechnicianProof } from "./technician-key.ts";

/** A ticket lasts 30 s (docs/protocol/01-rendezvous.md) and works once; one that is older than this is not begun with. */
const freshMilliseconds = 15_000;

export interface Admission {
  readonly proof: TechnicianProof;
  /** 64 hex digits. */
  readonly ticket: string;
}

interface Kept {
  readonly nameplate: string;
  readonly askedAt: number;
  readonly admission: Promise<Admission>;
}

export class Admissions {
  readonly #api: Pick<DeskApi, "ticket">;
  readonly #key: Pick<TechnicianKey, "proof">;
  readonly #now: () => number;
  #kept: Kept | null = null;

  /** @param now milliseconds of a clock that does not stand still while the computer sleeps */
  constructor(api: Pick<DeskApi, "ticket">, key: Pick<TechnicianKey, "proof">, now: () => number = Date.now) {
    this.#api = api;
    this.#key = key;
    this.#now = now;
  }

  /** Asks ahead. A failure is told to nobody: whoever takes an admission asks again. */
  prepare(nameplate: string): void {
    if (this.#isFresh(nameplate)) return;
    const kept = { nameplate, askedAt: this.#now(), admission: this.#ask(nameplate) };
    this.#kept = kept;
    kept.admission.catch(() => {
      if (this.#kept === kept) this.#kept = null;
    });
  }

  /** The one asked for ahead, once, or a new one. Raises DeskProblem. */
  take(nameplate: string): Promise<Admission> {
    const kept = this.#isFresh(nameplate) ? this.#kept : null;
    this.#kept = null;
    return kept?.admission ?? this.#ask(nameplate);
  }

  #isFresh(nameplate: string): boolean {
    const kept = this.#kept;
    return kept?.nameplate === nameplate && Math.abs(this.#now() - kept.askedAt) < freshMilliseconds;
  }

  async #ask(nameplate: string): Promise<Admission> {
    const [proof, ticket] = await Promise.all([this.#key.proof(), this.#api.ticket(nameplate)]);
    return { proof, ticket };
  }
}
