// Everything that RS1 derives (docs/protocol/02-handshake.md "Keys"). Both sides use it: the viewer here, the host of the
// tests under tests/. A KeySchedule belongs to one run and is erased with it.

import { lv } from "../protocol/lv.ts";
import { u16List } from "../protocol/handshake.ts";
import { ascii } from "../protocol/wire.ts";
import { erase, hkdfExpand, hkdfExtract, hmac, importAesKey, open, seal, sha256 } from "./crypto.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** What both sides know of a run before its first message. */
export type RunContext = {
  readonly version: number;
  readonly suite: number;
  readonly organizationKeyHash: Uint8Array;
  readonly origin: string;
  readonly nameplate: string;
};

/** The channel identifier CI. */
export function channelIdentifier(context: RunContext): Bytes {
  return lv(
    ascii("RS1"),
    Uint8Array.of(context.version),
    u16List([context.suite]),
    context.organizationKeyHash,
    ascii(context.origin),
    ascii(context.nameplate),
    ascii("technician"),
    ascii("customer"),
  );
}

/** commit_t: fixes the technician's nonce before the customer answers. */
export function commitment(nonce: Uint8Array): Promise<Bytes> {
  const label = ascii("RS1 sas commit");
  const joined = new Uint8Array(label.length + nonce.length);
  joined.set(label);
  joined.set(nonce, label.length);
  return sha256(joined);
}

/** What sigT signs. */
export function signedBytes(th1: Uint8Array): Bytes {
  return lv(ascii("RS1 tech sig"), th1);
}

/** T is the viewer, C the host. */
export type Side = "T" | "C";

/** The keys of an established session. */
export type SessionKeys = {
  /** Traffic secrets by their sender. */
  readonly trafficT: Bytes;
  readonly trafficC: Bytes;
  readonly resume: Bytes;
};

/** The keys between MSG1+MSG2 and MSG4: prk, the confirmations and the boxes of both sides. */
export class KeySchedule {
  readonly th1: Bytes;
  readonly #prk: Bytes;

  private constructor(th1: Bytes, prk: Bytes) {
    this.th1 = th1;
    this.#prk = prk;
  }

  static async create(isk: Uint8Array, ci: Uint8Array, sid: Uint8Array, messages: readonly [Uint8Array, Uint8Array]): Promise<KeySchedule> {
    const th1 = await sha256(lv(ascii("RS1 th1"), ci, sid, ...messages));
    return new KeySchedule(th1, await hkdfExtract(th1, isk));
  }

  /** tagT over th1, tagC over th2. */
  async tag(side: Side, transcriptHash: Uint8Array): Promise<Bytes> {
    const key = await this.#expand(`confirm ${side}`, 32);
    const tag = await hmac(key, transcriptHash);
    erase(key);
    return tag;
  }

  async sealBox(side: Side, tag: Uint8Array, content: Uint8Array): Promise<Bytes> {
    const { key, iv } = await this.#boxKey(side);
    return seal(key, iv, tag, content);
  }

  async openBox(side: Side, tag: Uint8Array, box: Uint8Array): Promise<Bytes | null> {
    const { key, iv } = await this.#boxKey(side);
    return open(key, iv, tag, box);
  }

  th2(msg3: Uint8Array): Promise<Bytes> {
    return sha256(lv(ascii("RS1 th2"), this.th1, msg3));
  }

  /** Four digits, from prk and not from master: nothing that a peer chooses after nonce_t may enter them. */
  async checkNumber(nonceT: Uint8Array, nonceC: Uint8Array): Promise<string> {
    return checkNumber(this.#prk, nonceT, nonceC);
  }

  async master(th2: Uint8Array, msg4: Uint8Array): Promise<Bytes> {
    const th3 = await sha256(lv(ascii("RS1 th3"), th2, msg4));
    return hkdfExtract(th3, this.#prk);
  }

  erase(): void {
    erase(this.#prk);
  }

  async #boxKey(side: Side): Promise<{ key: CryptoKey; iv: Bytes }> {
    const raw = await this.#expand(`hs key ${side}`, 32);
    const key = await importAesKey(raw);
    erase(raw);
    return { key, iv: await this.#expand(`hs iv ${side}`, 12) };
  }

  #expand(label: string, length: number): Promise<Bytes> {
    return expandLabel(this.#prk, label, length);
  }
}

/** HKDF-Expand with the one lv item "RS1 " + label. */
export function expandLabel(secret: Uint8Array, label: string, length: number): Promise<Bytes> {
  return hkdfExpand(secret, lv(ascii(`RS1 ${label}`)), length);
}

/** Traffic and resume secrets from master (handshake) or master' (resume). */
export async function sessionKeys(master: Uint8Array): Promise<SessionKeys> {
  return {
    trafficT: await expandLabel(master, "traffic T>C", 32),
    trafficC: await expandLabel(master, "traffic C>T", 32),
    resume: await expandLabel(master, "resume", 32),
  };
}

export function sessionIdentifier(master: Uint8Array): Promise<Bytes> {
  return expandLabel(master, "session id", 16);
}

export async function checkNumber(prk: Uint8Array, nonceT: Uint8Array, nonceC: Uint8Array): Promise<string> {
  const bytes = await hkdfExpand(prk, lv(ascii("RS1 sas"), nonceT, nonceC), 8);
  const number = new DataView(bytes.buffer).getBigUint64(0) % 10_000n;
  return number.toString().padStart(4, "0");
}
