// R1 and R2, the two messages of a resume (docs/protocol/02-handshake.md "Resume"). The keys are session/resume.ts.

import { WireFormatError } from "./errors.ts";
import { handshakeTypes, openMessage } from "./handshake.ts";
import { lv } from "./lv.ts";
import { WireReader, WireWriter } from "./wire.ts";

export const maximumResumeBytes = 1_024;
const entryBytes = 9;
const maximumEntries = 32;

/** The highest message id received from the peer on one channel. */
export type LastMessage = { readonly channel: number; readonly id: number };

export type ResumeMessage = {
  readonly sessionId: Uint8Array;
  /** Generation of the resume secret. */
  readonly n: number;
  readonly nonce: Uint8Array;
  readonly share: Uint8Array;
  readonly ids: readonly LastMessage[];
};

export type ReceivedResumeMessage = ResumeMessage & {
  /** What the MAC covers, as received. */
  readonly body: Uint8Array;
  readonly mac: Uint8Array;
};

const macItemBytes = 33;

/** B1 or B2: everything but the MAC. */
export function encodeResumeBody(name: "R1" | "R2", message: ResumeMessage): Uint8Array<ArrayBuffer> {
  const ids = new WireWriter(message.ids.length * entryBytes);
  for (const { channel, id } of message.ids) ids.u8(channel).u64(BigInt(id));
  const n = new WireWriter(4).u32(message.n).finish();
  return lv(Uint8Array.of(handshakeTypes[name]), message.sessionId, n, message.nonce, message.share, ids.finish());
}

export function decodeResume(name: "R1" | "R2", bytes: Uint8Array): ReceivedResumeMessage {
  const { fields } = openMessage(bytes, maximumResumeBytes, [name]);
  const sessionId = fields.bytes(16);
  const n = fields.u32();
  const nonce = fields.bytes(16);
  const share = fields.bytes(32);
  const ids = readIds(fields.bytes(0, entryBytes * maximumEntries));
  const mac = fields.bytes(32);
  return { sessionId, n, nonce, share, ids, mac, body: bytes.subarray(0, bytes.length - macItemBytes) };
}

function readIds(bytes: Uint8Array): LastMessage[] {
  if (bytes.length % entryBytes !== 0) throw new WireFormatError("LengthOutOfRange");
  const reader = new WireReader(bytes);
  const ids: LastMessage[] = [];
  let previous = -1;
  while (reader.remaining > 0) {
    const channel = reader.u8();
    if (channel <= previous) throw new WireFormatError("InvalidValue");
    previous = channel;
    ids.push({ channel, id: reader.exactU64() });
  }
  return ids;
}
