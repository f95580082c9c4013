// The frame of a record and its inner plaintext (docs/protocol/03-records.md). Keys and counting are session/records.ts.

import type { Channel } from "./channels.ts";
import { controlTypes } from "./control.ts";
import { RecordRefusedError } from "./errors.ts";

export const recordType = 0x17;
export const headerBytes = 8;
export const tagBytes = 16;
const innerHeadBytes = 6;
const paddingStep = 64;
export const maximumInnerBytes = 65_536;
const minimumLength = innerHeadBytes + tagBytes;
export const maximumLength = maximumInnerBytes + tagBytes;
/** The longest record, and the longest message that the relay passes on, less its slack. */
export const maximumRecordBytes = headerBytes + maximumLength;

/** What the record layer needs to know of a channel. */
export type ChannelRule = Pick<Channel, "number" | "sender" | "padded" | "largestMessage" | "fragmented">;
export type ChannelRules = ReadonlyMap<number, ChannelRule>;

export type Fragment = { readonly channel: number; readonly more: boolean; readonly payload: Uint8Array };

export function channelRules(table: readonly ChannelRule[]): ChannelRules {
  return new Map(table.map((channel) => [channel.number, channel]));
}

export function encodeHeader(epoch: number, innerLength: number): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(headerBytes);
  const view = new DataView(header.buffer);
  view.setUint8(0, recordType);
  view.setUint8(1, epoch);
  view.setUint32(4, innerLength + tagBytes);
  return header;
}

/** Epoch and length field of a whole record, or null when its header is not one or its length does not fit. */
export function decodeHeader(record: Uint8Array): { readonly epoch: number; readonly length: number } | null {
  if (record.length < headerBytes + minimumLength || record.length > maximumRecordBytes) return null;
  const view = new DataView(record.buffer, record.byteOffset, record.byteLength);
  const length = view.getUint32(4);
  if (view.getUint8(0) !== recordType || view.getUint16(2) !== 0 || length !== record.length - headerBytes) return null;
  return { epoch: view.getUint8(1), length };
}

export function encodeInner(rule: ChannelRule, fragment: Fragment): Uint8Array<ArrayBuffer> {
  const inner = new Uint8Array(innerLength(rule, fragment.payload.length));
  if (inner.length > maximumInnerBytes) throw new RangeError("payload longer than a record");
  const view = new DataView(inner.buffer);
  view.setUint8(0, fragment.channel);
  view.setUint8(1, fragment.more ? 1 : 0);
  view.setUint32(2, fragment.payload.length);
  inner.set(fragment.payload, innerHeadBytes);
  return inner;
}

/** Everything of an inner plaintext but the bounds of a whole message. The payload is a view. */
export function decodeInner(inner: Uint8Array, rules: ChannelRules): Fragment & { readonly rule: ChannelRule } {
  if (inner.length < innerHeadBytes) throw new RecordRefusedError();
  const view = new DataView(inner.buffer, inner.byteOffset, inner.byteLength);
  const channel = view.getUint8(0);
  const flags = view.getUint8(1);
  const length = view.getUint32(2);
  const rule = rules.get(channel);
  if (rule === undefined || flags > 1 || length > inner.length - innerHeadBytes) throw new RecordRefusedError();
  if (inner.length !== innerLength(rule, length)) throw new RecordRefusedError();
  const more = flags === 1;
  if (more && (!rule.fragmented || length === 0)) throw new RecordRefusedError();
  const end = innerHeadBytes + length;
  if (inner.subarray(end).some((byte) => byte !== 0)) throw new RecordRefusedError();
  return { channel, more, payload: inner.subarray(innerHeadBytes, end), rule };
}

export function isKeyUpdate(fragment: Fragment): boolean {
  return fragment.channel === 0 && fragment.payload[0] === controlTypes.KEY_UPDATE;
}

function innerLength(rule: ChannelRule, payloadLength: number): number {
  const bare = innerHeadBytes + payloadLength;
  return rule.padded ? Math.ceil(bare / paddingStep) * paddingStep : bare;
}
