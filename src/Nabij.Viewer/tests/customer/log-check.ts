// The check of a customer's log (docs/protocol/10-customer-log.md), a second time, for the vectors.

import { decodeCertificate, isPointOfP256, type Certificate } from "../../src/protocol/certificate.ts";
import { HandshakeError, WireFormatError } from "../../src/protocol/errors.ts";
import { toHex } from "../../src/protocol/hex.ts";
import { lv, readLv } from "../../src/protocol/lv.ts";
import { ascii, readText, WireReader } from "../../src/protocol/wire.ts";
import { sha256 } from "../../src/session/crypto.ts";
import { verify } from "./certificate-check.ts";

export type LogProblem = "Malformed" | "Certificate" | "UnknownOrganization" | "Receipt" | "Signature" | "Order" | "Countersignature" | "CutShort";
export type LogFinding = { readonly problem: LogProblem | null; readonly at: number; readonly entries: number; readonly countersigned: readonly number[] };

type Entry = { readonly number: number; readonly time: bigint; readonly kind: number };
type Signed = { readonly encoded: Uint8Array; readonly signature: Uint8Array };
type Countersigned = { readonly number: number; readonly signature: Uint8Array };
type Opening = {
  readonly session: Uint8Array;
  readonly key: Uint8Array;
  readonly organization: Uint8Array;
  readonly certificate: Certificate;
  readonly consent: Uint8Array;
  readonly time: bigint;
  readonly receipt: Receipt | null;
};
/** Bytes and the signature over them. */
type Word = { readonly signed: Uint8Array; readonly signature: Uint8Array };
type Receipt = {
  readonly organizationHash: Uint8Array;
  readonly key: Uint8Array;
  readonly first: bigint;
  readonly last: bigint;
  readonly consentHash: Uint8Array;
  readonly time: bigint;
  readonly certificate: Word;
  readonly statement: Word;
};

const detailBytes: Readonly<Record<number, number>> = { 1: 4, 2: 4, 3: 4, 4: 1, 5: 0, 6: 1, 7: 2, 8: 1, 11: 4, 12: 4, 13: 1, 14: 0, 15: 4, 17: 1 };
const end = 8;
const joined = 16;
const picture = 18;
const pictureBytes = 16;
const left = 17;
const longestPerson = 64;
const ofFiles: readonly number[] = [9, 10];
const atLeastOne: readonly number[] = [11, 12, 13];
const largestFile = 10_000_000_000;
const longestName = 208;
const maximumEntries = 4096;
const maximumEntryBytes = 288;
const largestTime = 2n ** 53n - 1n;
const keyPrefix = "3059301306072a8648ce3d020106082a8648ce3d030107034200";

export async function checkLog(block: Uint8Array, trusted: readonly Uint8Array[]): Promise<LogFinding> {
  let read: { opening: Opening; encodedOpening: Uint8Array; signed: Signed[]; countersigned: Countersigned[]; entries: Entry[] };
  try {
    const { encodedOpening, signed, countersigned } = readBlock(block);
    const entries = signed.map(({ encoded }) => readEntry(encoded));
    read = { encodedOpening, signed, countersigned, entries, opening: readOpening(encodedOpening) };
  } catch (error) {
    if (error instanceof WireFormatError || error instanceof HandshakeError) return found("Malformed");
    throw error;
  }
  const { opening, encodedOpening, signed, countersigned, entries } = read;
  const { certificate, organization } = opening;
  if (!(await verify(organization.subarray(26), certificate.signature, certificate.signed))) return found("Certificate");
  const isTrusted = trusted.length === 0 || trusted.some((key) => toHex(key) === toHex(organization));
  if (!isTrusted) return found("UnknownOrganization");
  if (opening.receipt !== null && !(await holds(opening.receipt, opening))) return found("Receipt");
  let head = await sha256(encodedOpening);
  const heads: Uint8Array[] = [];
  for (const [index, { encoded, signature }] of signed.entries()) {
    head = await sha256(lv(ascii("RS1 log entry"), head, encoded));
    heads.push(head);
    if (!(await verify(opening.key, signature, lv(ascii("RS1 log head"), head)))) return found("Signature", index + 1, index);
    const entry = entries[index] as Entry;
    const before = entries[index - 1] ?? { number: 0, time: opening.time, kind: 0 };
    const isInOrder = entry.number === index + 1 && entry.time >= before.time && before.kind !== end;
    if (!isInOrder) return found("Order", index + 1, index + 1);
  }
  for (const { number, signature } of countersigned) {
    const signedHead = lv(ascii("RS1 log countersignature"), opening.session, opening.key, heads[number - 1] as Uint8Array);
    if (!(await verify(certificate.publicKey, signature, signedHead))) return found("Countersignature", number, entries.length);
  }
  const problem = entries.at(-1)?.kind === end ? null : "CutShort";
  return { problem, at: 0, entries: entries.length, countersigned: countersigned.map(({ number }) => number) };
}

async function holds(receipt: Receipt, { organization, consent }: Opening): Promise<boolean> {
  const { certificate, statement, key, first, last, time } = receipt;
  if (toHex(receipt.organizationHash) !== toHex(await sha256(organization)) || toHex(receipt.consentHash) !== toHex(await sha256(consent))) return false;
  if (time < first || time > last) return false;
  return (await verify(organization.subarray(26), certificate.signature, certificate.signed)) && (await verify(key, statement.signature, statement.signed));
}

function found(problem: LogProblem, at = 0, entries = 0): LogFinding {
  return { problem, at, entries, countersigned: [] };
}

function readBlock(block: Uint8Array): { encodedOpening: Uint8Array; signed: Signed[]; countersigned: Countersigned[] } {
  const reader = new WireReader(block);
  const encodedOpening = reader.bytes(reader.u16());
  const count = reader.u16();
  if (count > maximumEntries) throw new WireFormatError("LengthOutOfRange");
  const signed: Signed[] = [];
  for (let index = 0; index < count; index++) {
    const length = reader.u16();
    if (length > maximumEntryBytes) throw new WireFormatError("LengthOutOfRange");
    signed.push({ encoded: reader.bytes(length), signature: reader.bytes(64) });
  }
  const countersigned = readCountersigned(reader, count);
  reader.end();
  return { encodedOpening, signed, countersigned };
}

function readCountersigned(reader: WireReader, entries: number): Countersigned[] {
  const count = reader.u16();
  if (count > entries) throw new WireFormatError("LengthOutOfRange");
  const countersigned: Countersigned[] = [];
  for (let index = 0; index < count; index++) {
    const number = reader.u32();
    if (number <= (countersigned.at(-1)?.number ?? 0) || number > entries) throw new WireFormatError("InvalidValue");
    countersigned.push({ number, signature: reader.bytes(64) });
  }
  return countersigned;
}

function readEntry(encoded: Uint8Array): Entry {
  const [number, time, kind, person, detail] = readLv(encoded, 5) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  const entry = { number: integer(number, 4), time: readTime(time), kind: integer(kind, 1) };
  if (entry.number === 0 || !mayBeOf(entry.kind, integer(person, 1))) throw new WireFormatError("InvalidValue");
  if (entry.kind === joined) {
    readJoined(detail);
    return entry;
  }
  if (ofFiles.includes(entry.kind)) {
    readFile(detail);
    return entry;
  }
  if (entry.kind === picture) {
    sized(detail, pictureBytes);
    return entry;
  }
  const length = detailBytes[entry.kind];
  if (length === undefined) throw new WireFormatError("InvalidValue");
  const value = integer(detail, length);
  if (entry.kind <= 3 && (value === 0 || value >= 0x1000)) throw new WireFormatError("InvalidValue");
  if (entry.kind === 4 && (value === 0 || value > 5)) throw new WireFormatError("InvalidValue");
  if ((entry.kind === end || entry.kind === left) && value > 7) throw new WireFormatError("InvalidValue");
  if (atLeastOne.includes(entry.kind) && value === 0) throw new WireFormatError("InvalidValue");
  if (entry.kind === 15 && value >= 0x1000) throw new WireFormatError("InvalidValue");
  return entry;
}

/** Whose an entry of this kind may be. */
function mayBeOf(kind: number, person: number): boolean {
  if (kind === 4) return true;
  if (kind === 5 || kind === 6 || kind === end) return person === 0;
  return kind === joined ? person > 1 : person > 0;
}

function readJoined(detail: Uint8Array): void {
  const reader = new WireReader(detail);
  const role = reader.u8();
  const isRelative = role === 2;
  if (role !== 1 && !isRelative) throw new WireFormatError("InvalidValue");
  if (reader.bytes(16).some((byte) => byte !== 0) && isRelative) throw new WireFormatError("InvalidValue");
  if (reader.text(longestPerson) === "") throw new WireFormatError("LengthOutOfRange");
  reader.end();
}

function readFile(detail: Uint8Array): void {
  const reader = new WireReader(detail);
  const outcome = reader.u8();
  if (outcome > 10 || reader.exactU64() > largestFile) throw new WireFormatError("InvalidValue");
  if (reader.bytes(32).some((byte) => byte !== 0) && outcome !== 0) throw new WireFormatError("InvalidValue");
  if (reader.text(longestName) === "") throw new WireFormatError("LengthOutOfRange");
  reader.end();
}

function readOpening(encoded: Uint8Array): Opening {
  const [label, version, session, key, organization, certificate, consent, checkNumber, time, receipt] = readLv(encoded, 10) as Ten;
  expectText(label, "RS1 log");
  if (integer(version, 1) !== 1) throw new WireFormatError("InvalidValue");
  sized(session, 16);
  const point = sized(organization, 91).subarray(26);
  const areKeys = isPointOfP256(sized(key, 65)) && toHex(organization).startsWith(keyPrefix) && isPointOfP256(point);
  if (!areKeys) throw new WireFormatError("InvalidValue");
  readConsent(sized(consent, 1, 256));
  if (!/^[0-9]{4}$/.test(readText(sized(checkNumber, 4)))) throw new WireFormatError("InvalidValue");
  return {
    session,
    key,
    organization,
    certificate: decodeCertificate(sized(certificate, 1, 1024)),
    consent,
    time: readTime(time),
    receipt: sized(receipt, 0, 512).length === 0 ? null : readReceipt(receipt),
  };
}

function readReceipt(encoded: Uint8Array): Receipt {
  const [certificate, statement] = readLv(encoded, 2).map(readWord) as [Word, Word];
  const [label, organizationHash, key, first, last] = readLv(certificate.signed, 5) as Five;
  expectText(label, "RS1 records key");
  if (!isPointOfP256(sized(key, 65)) || readTime(first) > readTime(last)) throw new WireFormatError("InvalidValue");
  const [said, session, sidC, consentHash, time] = readLv(statement.signed, 5) as Five;
  expectText(said, "RS1 receipt");
  sized(session, 16);
  sized(sidC, 16);
  return {
    organizationHash: sized(organizationHash, 32),
    key,
    first: readTime(first),
    last: readTime(last),
    consentHash: sized(consentHash, 32),
    time: readTime(time),
    certificate,
    statement,
  };
}

function readWord(encoded: Uint8Array): Word {
  if (encoded.length < 64) throw new WireFormatError("Truncated");
  return { signed: encoded.subarray(0, -64), signature: encoded.subarray(-64) };
}

type Five = [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];
type Ten = [...Nine, Uint8Array];

type Nine = [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];

function readConsent(record: Uint8Array): void {
  const [label, id, version, language, terms, licence, ticks, backup, time] = readLv(record, 9) as Nine;
  expectText(label, "RS1 consent");
  for (const [text, least, most] of [[id, 1, 32], [version, 1, 32], [language, 2, 5]] as const) readText(sized(text, least, most), "any");
  sized(terms, 32);
  sized(licence, 32);
  if (integer(ticks, 1) > 3 || ![1, 2, 3].includes(integer(backup, 1))) throw new WireFormatError("InvalidValue");
  readTime(time);
}

function expectText(item: Uint8Array, text: string): void {
  if (toHex(item) !== toHex(ascii(text))) throw new WireFormatError("InvalidValue");
}

function sized(item: Uint8Array, least: number, most = least): Uint8Array {
  if (item.length < least || item.length > most) throw new WireFormatError("LengthOutOfRange");
  return item;
}

function integer(item: Uint8Array, bytes: number): number {
  return sized(item, bytes).reduce((value, byte) => value * 256 + byte, 0);
}

function readTime(item: Uint8Array): bigint {
  const time = sized(item, 8).reduce((value, byte) => value * 256n + BigInt(byte), 0n);
  if (time > largestTime) throw new WireFormatError("InvalidValue");
  return time;
}
