// The desk's calls about kept pictures. What goes out is sealed already.

import { fromBase64 } from "../pictures/base64.ts";
import type { Bytes } from "../pictures/envelope.ts";
import { DeskProblem, type DeskApi } from "./desk-api.ts";

/** What the desk has to know to seal. */
export interface PicturesSetup {
  /** 32 hex digits. */
  readonly organization: string;
  /** SubjectPublicKeyInfo of the newest key; null: the organization has none yet. */
  readonly key: Bytes | null;
  /** Names the sign-in, under which opened keys are kept. */
  readonly signIn: string;
  /** Whether this technician may make the key. */
  readonly mayMakeKey: boolean;
}

/** A picture of the technician's own, sealed. */
export interface StoredPicture {
  readonly id: string;
  readonly author: string;
  readonly key: string;
  /** Milliseconds since 1970 by this computer's clock. */
  readonly keptAt: number;
}

const isHex = (value: unknown, digits: number): value is string => typeof value === "string" && value.length === digits && /^[0-9a-f]*$/.test(value);

export class PicturesApi {
  readonly #api: Pick<DeskApi, "get" | "post" | "postBytes">;

  constructor(api: Pick<DeskApi, "get" | "post" | "postBytes">) {
    this.#api = api;
  }

  /** Raises DeskProblem. */
  async setup(): Promise<PicturesSetup> {
    const { organization, key, signIn, mayMakeKey } = (await this.#api.get("/desk/pictures/setup")) as Record<string, unknown>;
    const bytes = typeof key === "string" ? fromBase64(key) : null;
    if (!isHex(organization, 32) || (typeof key === "string" && bytes === null)) throw new DeskProblem("problem.server");
    return { organization, key: bytes, signIn: typeof signIn === "string" ? signIn : "", mayMakeKey: mayMakeKey === true };
  }

  /** The technician's own, oldest first. Raises DeskProblem. */
  async list(session: string): Promise<StoredPicture[]> {
    const { pictures } = (await this.#api.get(`/desk/sessions/${session}/pictures`)) as Record<string, unknown>;
    return (Array.isArray(pictures) ? (pictures as Record<string, unknown>[]) : []).flatMap(({ id, author, keyId, keptSecondsAgo }) =>
      typeof id === "string" && isHex(author, 32) && isHex(keyId, 64) ? [{ id, author, key: keyId, keptAt: Date.now() - Number(keptSecondsAgo) * 1000 }] : []);
  }

  /** Raises DeskProblem. */
  async keep(session: string, envelope: Bytes): Promise<void> {
    await this.#api.postBytes(`/desk/sessions/${session}/pictures`, envelope);
  }

  /** Raises DeskProblem. */
  async remove(id: string): Promise<void> {
    await this.#api.post(`/desk/pictures/${encodeURIComponent(id)}/remove`, {});
  }
}
