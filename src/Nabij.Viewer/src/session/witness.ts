// The technician's countersignatures under the customer's log (docs/protocol/10-customer-log.md "Countersignatures"). The key
// signs one form only, with the session id of this side's own handshake in it: nothing the host sends can make it say more.

import { maximumLogEntries, type ControlMessage } from "../protocol/control.ts";
import { WireFormatError } from "../protocol/errors.ts";
import { toHex } from "../protocol/hex.ts";
import { lv } from "../protocol/lv.ts";
import { ascii } from "../protocol/wire.ts";

const algorithm = { name: "ECDSA", hash: "SHA-256" } as const;

export type WitnessSurroundings = {
  readonly sessionId: Uint8Array;
  readonly signingKey: CryptoKey;
  readonly send: (message: ControlMessage) => void;
};

export class Witness {
  readonly #surroundings: WitnessSurroundings;
  #logKey: Uint8Array | null = null;
  #signing: Promise<void> = Promise.resolve();
  #underWay = 0;
  #taken = 0;

  constructor(surroundings: WitnessSurroundings) {
    this.#surroundings = surroundings;
  }

  /** A head of this session was taken: the host's log is one that is countersigned. */
  get isCalled(): boolean {
    return this.#taken > 0;
  }

  /** A signature is being made. */
  get isSigning(): boolean {
    return this.#underWay > 0;
  }

  /** The log's key, the same on every connection of a session. Raises WireFormatError. */
  takeKey(key: Uint8Array): void {
    if (this.#logKey !== null && toHex(this.#logKey) !== toHex(key)) throw new WireFormatError("InvalidValue");
    this.#logKey ??= key.slice();
  }

  /** Signs one head and sends the signature; more than a log can have are not answered. Raises WireFormatError. */
  takeHead(entry: number, head: Uint8Array): void {
    const logKey = this.#logKey;
    if (logKey === null) throw new WireFormatError("InvalidValue");
    if (this.#taken >= maximumLogEntries) return;
    this.#taken++;
    this.#underWay++;
    const { sessionId, signingKey, send } = this.#surroundings;
    const signed = lv(ascii("RS1 log countersignature"), sessionId, logKey, head);
    const signature = crypto.subtle.sign(algorithm, signingKey, signed);
    this.#signing = this.#signing.then(async () => {
      try {
        send({ type: "COUNTERSIGNED", entry, signature: new Uint8Array(await signature) });
      } finally {
        this.#underWay--;
      }
    });
    // A key that cannot sign any more leaves the log as it is, which is told to whoever checks it.
    this.#signing = this.#signing.catch(() => undefined);
  }

  /** Resolves when every head that came is signed. */
  settled(): Promise<void> {
    return this.#signing;
  }
}
