// Messages of the RS1 handshake (docs/protocol/02-handshake.md "Messages"), and what each carries inside.
// Decoders hand out views of the received bytes; hashes and MACs are over those bytes, never over re-encoded ones.

import { decodeCertificate, maximumCertificateBytes, type Certificate } from "./certificate.ts";
import { HandshakeError, WireFormatError } from "./errors.ts";
import { lv, LvFields, takeItems } from "./lv.ts";
import { ascii, encodeText, WireReader, WireWriter } from "./wire.ts";

export const handshakeTypes = {
  MSG1: 0x01,
  MSG2: 0x02,
  MSG3: 0x03,
  MSG4: 0x04,
  UNSUPPORTED: 0x0e,
  FAIL: 0x0f,
  R1: 0x11,
  R2: 0x12,
} as const;
export type HandshakeName = keyof typeof handshakeTypes;

/** The longest message of each step, in bytes. */
export const stepLimits = { MSG1: 2_048, MSG2: 2_048, MSG3: 512, MSG4: 4_096 } as const;
export type Step = keyof typeof stepLimits;

export type Msg1 = { readonly sidT: Uint8Array; readonly share: Uint8Array; readonly ada: Uint8Array };

export type Ada = {
  readonly versions: readonly number[];
  readonly suites: readonly number[];
  readonly commitment: Uint8Array;
  /** null from a relative (docs/protocol/13-participants.md). */
  readonly certificate: Certificate | null;
  readonly requested: number;
  readonly client: string;
};

export type Msg2 = { readonly share: Uint8Array; readonly adb: Uint8Array };

export type Adb = {
  readonly version: number;
  readonly suite: number;
  readonly versions: readonly number[];
  readonly suites: readonly number[];
  readonly nonce: Uint8Array;
  readonly termsId: string;
  readonly termsVersion: string;
  readonly termsHash: Uint8Array;
  readonly acceptanceTime: number;
  readonly ceiling: number;
  readonly application: string;
};

/** MSG3 and MSG4. */
export type Confirmation = { readonly tag: Uint8Array; readonly box: Uint8Array };

export type Box3 = { readonly nonce: Uint8Array; readonly signature: Uint8Array };
export type Box4 = { readonly granted: number; readonly machineName: string; readonly userName: string };

export type Unsupported = { readonly versions: readonly number[]; readonly suites: readonly number[] };

/** The one FAIL that there is. */
export const failMessage: Uint8Array<ArrayBuffer> = Uint8Array.of(0x01, 0x0f, 0x01, 0x01);

const names = new Map<number, HandshakeName>(Object.entries(handshakeTypes).map(([name, type]) => [type, name as HandshakeName]));
const itemCounts: Record<HandshakeName, number> = { MSG1: 4, MSG2: 3, MSG3: 3, MSG4: 3, UNSUPPORTED: 3, FAIL: 2, R1: 7, R2: 7 };

/**
 * Takes the items of a message that a step may get. A message of this chapter that the step does not expect raises
 * OutOfOrder, before any other item is looked at.
 */
export function openMessage<const T extends HandshakeName>(
  bytes: Uint8Array,
  maximumBytes: number,
  expected: readonly T[],
): { readonly name: T; readonly fields: LvFields } {
  if (bytes.length > maximumBytes) throw new WireFormatError("LengthOutOfRange");
  const reader = new WireReader(bytes);
  const [first] = takeItems(reader, 1);
  if (first?.length !== 1) throw new WireFormatError("LengthOutOfRange");
  const name = names.get(first[0] ?? 0);
  if (name === undefined) throw new WireFormatError("UnknownType");
  const found = expected.find((candidate) => candidate === name);
  if (found === undefined) throw new HandshakeError("OutOfOrder");
  const fields = new LvFields(takeItems(reader, itemCounts[name] - 1));
  reader.end();
  return { name: found, fields };
}

export function readMsg1(fields: LvFields): Msg1 {
  return { sidT: fields.bytes(16), share: fields.bytes(32), ada: fields.bytes(0, stepLimits.MSG1) };
}

export function encodeMsg1(message: Msg1): Uint8Array<ArrayBuffer> {
  return lv(type("MSG1"), message.sidT, message.share, message.ada);
}

/** @param isRelative the run is a relative's, known from the own invitation */
export function decodeAda(bytes: Uint8Array, isRelative: boolean): Ada {
  const fields = structure(bytes, 7);
  fields.label("RS1 T");
  return {
    versions: fields.numbers(1, "firstFree"),
    suites: fields.numbers(2, "firstFree"),
    commitment: fields.bytes(32),
    certificate: isRelative ? nothing(fields.bytes(0)) : decodeCertificate(fields.bytes(1, maximumCertificateBytes)),
    requested: fields.permissions(),
    client: fields.text(0, 64),
  };
}

function nothing(_empty: Uint8Array): null {
  return null;
}

export function encodeAda(ada: Omit<Ada, "certificate"> & { readonly certificate: Uint8Array }): Uint8Array<ArrayBuffer> {
  const { versions, suites, commitment, certificate, requested, client } = ada;
  return lv(ascii("RS1 T"), u8List(versions), u16List(suites), commitment, certificate, u32(requested), encodeText(client, 64, "any"));
}

export function readMsg2(fields: LvFields): Msg2 {
  return { share: fields.bytes(32), adb: fields.bytes(0, stepLimits.MSG2) };
}

export function encodeMsg2(message: Msg2): Uint8Array<ArrayBuffer> {
  return lv(type("MSG2"), message.share, message.adb);
}

export function decodeAdb(bytes: Uint8Array): Adb {
  const fields = structure(bytes, 12);
  fields.label("RS1 C");
  return {
    version: fields.u8(),
    suite: fields.u16(),
    versions: fields.numbers(1, "falling"),
    suites: fields.numbers(2, "falling"),
    nonce: fields.bytes(16),
    termsId: fields.text(1, 32),
    termsVersion: fields.text(1, 32),
    termsHash: fields.bytes(32),
    acceptanceTime: fields.u64(),
    ceiling: fields.permissions(),
    application: fields.text(0, 64),
  };
}

export function encodeAdb(adb: Adb): Uint8Array<ArrayBuffer> {
  return lv(
    ascii("RS1 C"),
    Uint8Array.of(adb.version),
    u16List([adb.suite]),
    u8List(adb.versions),
    u16List(adb.suites),
    adb.nonce,
    encodeText(adb.termsId, 32, "any"),
    encodeText(adb.termsVersion, 32, "any"),
    adb.termsHash,
    new WireWriter(8).u64(BigInt(adb.acceptanceTime)).finish(),
    u32(adb.ceiling),
    encodeText(adb.application, 64, "any"),
  );
}

export function readMsg3(fields: LvFields): Confirmation {
  return { tag: fields.bytes(32), box: fields.bytes(98) };
}

export function readMsg4(fields: LvFields): Confirmation {
  return { tag: fields.bytes(32), box: fields.bytes(23, 281) };
}

export function encodeConfirmation(name: "MSG3" | "MSG4", message: Confirmation): Uint8Array<ArrayBuffer> {
  return lv(type(name), message.tag, message.box);
}

export function decodeBox3(bytes: Uint8Array): Box3 {
  const fields = structure(bytes, 2);
  return { nonce: fields.bytes(16), signature: fields.bytes(64) };
}

export function encodeBox3(box: Box3): Uint8Array<ArrayBuffer> {
  return lv(box.nonce, box.signature);
}

export function decodeBox4(bytes: Uint8Array): Box4 {
  const fields = structure(bytes, 3);
  return { granted: fields.permissions(), machineName: fields.text(0, 128), userName: fields.text(0, 128) };
}

export function encodeBox4(box: Box4): Uint8Array<ArrayBuffer> {
  return lv(u32(box.granted), encodeText(box.machineName, 128, "any"), encodeText(box.userName, 128, "any"));
}

export function readUnsupported(fields: LvFields): Unsupported {
  return { versions: fields.numbers(1, "falling"), suites: fields.numbers(2, "falling") };
}

export function encodeUnsupported(lists: Unsupported): Uint8Array<ArrayBuffer> {
  return lv(type("UNSUPPORTED"), u8List(lists.versions), u16List(lists.suites));
}

export function readFail(fields: LvFields): void {
  if (fields.u8() !== 1) throw new WireFormatError("InvalidValue");
}

/** Numbers as the items of CI, MSG and box lists. */
export function u16List(numbers: readonly number[]): Uint8Array<ArrayBuffer> {
  const writer = new WireWriter(numbers.length * 2);
  for (const number of numbers) writer.u16(number);
  return writer.finish();
}

function u8List(numbers: readonly number[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(numbers);
}

function u32(value: number): Uint8Array<ArrayBuffer> {
  return new WireWriter(4).u32(value).finish();
}

function type(name: HandshakeName): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(handshakeTypes[name]);
}

function structure(bytes: Uint8Array, count: number): LvFields {
  const reader = new WireReader(bytes);
  const items = takeItems(reader, count);
  reader.end();
  return new LvFields(items);
}
