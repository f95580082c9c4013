// The signed organization document and the block at the end of a program (docs/protocol/02-handshake.md "Organization
// document"). The viewer never reads either; this is the second implementation that the vectors are held against.

import { isPointOfP256 } from "../../src/protocol/certificate.ts";
import { HandshakeError, WireFormatError } from "../../src/protocol/errors.ts";
import { lv } from "../../src/protocol/lv.ts";
import { ascii, readText } from "../../src/protocol/wire.ts";
import { hex } from "../fixed-scalar.ts";
import { verify } from "./certificate-check.ts";

const maximumBytes = 65_536;
const spkiHead = hex("3059301306072a8648ce3d020106082a8648ce3d030107034200");

export type OrganizationDocument = {
  readonly format: number;
  readonly organizationId: string;
  readonly slug: string;
  readonly displayName: string;
  readonly legalName: string;
  readonly tradeNumber: string;
  readonly phone: string;
  readonly abuseContact: string;
  readonly helpUrl: string;
  readonly origin: string;
  readonly keys: readonly Uint8Array[];
  readonly deniedTechnicians: readonly string[];
  readonly minimumVersion: number;
  readonly color: string;
};

type Object_ = Readonly<Record<string, unknown>>;

export async function readOrganizationDocument(bytes: Uint8Array): Promise<OrganizationDocument> {
  if (bytes.length > maximumBytes) throw new WireFormatError("LengthOutOfRange");
  const outer = readObject(bytes);
  const payload = base64(outer["payload"]);
  const signature = base64(outer["signature"]);
  if (signature.length !== 64) throw new WireFormatError("LengthOutOfRange");
  const document = readDocument(readObject(payload));
  const [first] = document.keys;
  const point = first?.subarray(spkiHead.length) ?? new Uint8Array();
  const signed = lv(ascii("Nabij organization"), payload);
  if (!(await verify(point, signature, signed))) throw new HandshakeError("SignatureInvalid");
  return document;
}

/** The signed document in a program, or null when there is none. */
export function findBlock(program: Uint8Array): Uint8Array | null {
  const end = endOfProgram(program);
  if (end < 8 || new TextDecoder("latin1").decode(program.subarray(end - 8, end)) !== "NABIJORG") return null;
  if (end < 12) throw new WireFormatError("Truncated");
  const length = view(program).getUint32(end - 12);
  if (length === 0 || length > maximumBytes) throw new WireFormatError("LengthOutOfRange");
  if (length > end - 12) throw new WireFormatError("Truncated");
  return program.subarray(end - 12 - length, end - 12);
}

function readObject(bytes: Uint8Array): Object_ {
  const text = readText(bytes, "any");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new WireFormatError("InvalidValue");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new WireFormatError("InvalidValue");
  return value as Object_;
}

/** Presence and types of all members first, then lengths and characters, then the other rules, then the keys. */
function readDocument(value: Object_): OrganizationDocument {
  const texts = ["organizationId", "slug", "displayName", "legalName", "tradeNumber", "phone", "helpUrl", "origin", "color"] as const;
  const found = Object.fromEntries(texts.map((name) => [name, text(value[name])])) as Record<(typeof texts)[number], string>;
  const abuseContact = value["abuseContact"] === undefined ? "" : text(value["abuseContact"]);
  within(new TextEncoder().encode(abuseContact).length, 0, 128);
  const format = number(value["format"]);
  const minimumVersion = number(value["minimumVersion"]);
  const keys = list(value["keys"]).map(base64);
  const deniedTechnicians = list(value["deniedTechnicians"]).map(text);
  checkLengths(found, keys, deniedTechnicians);
  checkRules(found, { format, minimumVersion, deniedTechnicians });
  checkKeys(keys);
  return { ...found, abuseContact, format, minimumVersion, keys, deniedTechnicians };
}

function checkLengths(found: Record<string, string>, keys: readonly Uint8Array[], denied: readonly string[]): void {
  const limits: Record<string, readonly [number, number]> = {
    organizationId: [32, 32],
    slug: [1, 40],
    displayName: [1, 64],
    legalName: [0, 128],
    tradeNumber: [0, 32],
    phone: [0, 32],
    helpUrl: [1, 255],
    origin: [1, 255],
    color: [7, 7],
  };
  for (const [name, [minimum, maximum]] of Object.entries(limits)) within(new TextEncoder().encode(found[name]).length, minimum, maximum);
  within(keys.length, 1, 2);
  within(denied.length, 0, 1_024);
  for (const key of keys) within(key.length, 91, 91);
  for (const id of denied) within(id.length, 32, 32);
}

function checkRules(found: Record<string, string>, more: { format: number; minimumVersion: number; deniedTechnicians: readonly string[] }): void {
  const isValid =
    more.format === 1 &&
    more.minimumVersion >= 1 &&
    more.minimumVersion <= 255 &&
    matches(found["organizationId"], /^[0-9a-f]{32}$/) &&
    matches(found["slug"], /^[a-z0-9](-?[a-z0-9])*$/) &&
    matches(found["color"], /^#[0-9a-f]{6}$/) &&
    isOrigin(found["origin"] ?? "") &&
    isHelpUrl(found["helpUrl"] ?? "") &&
    more.deniedTechnicians.every((id) => matches(id, /^[0-9a-f]{32}$/));
  if (!isValid) throw new WireFormatError("InvalidValue");
}

function checkKeys(keys: readonly Uint8Array[]): void {
  const [first, second] = keys;
  if (first !== undefined && second !== undefined && first.every((byte, index) => byte === second[index])) {
    throw new WireFormatError("InvalidValue");
  }
  for (const key of keys) {
    if (!spkiHead.every((byte, index) => key[index] === byte)) throw new WireFormatError("InvalidValue");
  }
  for (const key of keys) if (!isPointOfP256(key.subarray(spkiHead.length))) throw new HandshakeError("PointInvalid");
}

/** https with a lower-case host, or http for this machine only; a port only where it is not the usual one. */
export function isOrigin(origin: string): boolean {
  const match = /^(https?):\/\/(\[::1\]|[a-z0-9]([a-z0-9.-]*[a-z0-9])?)(:([1-9][0-9]{0,4}))?$/.exec(origin);
  if (match === null || origin.length > 255) return false;
  const [, scheme, host, , , port] = match;
  if (host?.split(".").some((label) => label.length === 0 || label.length > 63 || /^-|-$/.test(label)) === true) return false;
  if (port !== undefined && Number(port) > 65_535) return false;
  if (scheme === "https") return port !== "443" && host !== "[::1]";
  return ["localhost", "127.0.0.1", "[::1]"].includes(host ?? "") && port !== "80";
}

function isHelpUrl(url: string): boolean {
  const end = url.indexOf("/", url.indexOf("://") + 3);
  return /^[\x21-\x7e]*$/.test(url) && isOrigin(end < 0 ? url : url.slice(0, end));
}

function matches(value: string | undefined, pattern: RegExp): boolean {
  return value !== undefined && pattern.test(value);
}

function within(length: number, minimum: number, maximum: number): void {
  if (length < minimum || length > maximum) throw new WireFormatError("LengthOutOfRange");
}

function text(value: unknown): string {
  if (typeof value !== "string") throw new WireFormatError("InvalidValue");
  if (/[\p{Cc}\p{Cs}]/u.test(value)) throw new WireFormatError("InvalidText");
  return value;
}

function number(value: unknown): number {
  if (typeof value !== "number" || !Number.isInteger(value)) throw new WireFormatError("InvalidValue");
  return value;
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new WireFormatError("InvalidValue");
  return value as readonly unknown[];
}

function base64(value: unknown): Uint8Array {
  const encoded = text(value);
  const bytes = Buffer.from(encoded, "base64");
  if (bytes.toString("base64") !== encoded) throw new WireFormatError("InvalidValue");
  return Uint8Array.from(bytes);
}

/** The end of the file, or where a PE file's attribute certificates begin. */
function endOfProgram(program: Uint8Array): number {
  const table = certificateTable(program);
  if (table === null) return program.length;
  let end = table;
  for (let skipped = 0; skipped < 7 && end > 0 && program[end - 1] === 0; skipped++) end--;
  return end;
}

function certificateTable(program: Uint8Array): number | null {
  const data = view(program);
  if (program.length < 64 || data.getUint16(0) !== 0x4d5a) return null;
  const pe = data.getUint32(0x3c, true);
  if (pe + 26 > program.length || data.getUint32(pe) !== 0x50450000) return null;
  const optional = pe + 24;
  const directories = { 0x10b: 96, 0x20b: 112 }[data.getUint16(optional, true)];
  if (directories === undefined) return null;
  const entry = optional + directories + 4 * 8;
  if (entry + 8 > program.length) return null;
  const offset = data.getUint32(entry, true);
  const size = data.getUint32(entry + 4, true);
  return size === 0 || offset === 0 || offset > program.length ? null : offset;
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
