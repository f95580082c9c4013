// Rendezvous messages (docs/protocol/01-rendezvous.md): JSON text, until the server says `paired`.
// The viewer sends JOIN or RESUME and reads the answers to them; the other messages are here for the vectors and the tests' host.

import { WireFormatError } from "./errors.ts";
import { JsonMembers, readJsonObject } from "./json.ts";
import { fromHex, toHex } from "./hex.ts";

export const maximumMessageBytes = 4_096;

export const refusalReasons = ["unknown", "busy", "limited", "organization", "ticket", "full", "outdated", "unavailable"] as const;
export type RefusalReason = (typeof refusalReasons)[number];

export const runOutcomes = ["none", "wrong-code", "broken-off", "declined"] as const;
export type RunOutcome = (typeof runOutcomes)[number];

export const backupAnswers = ["yes", "no", "help"] as const;
export type BackupAnswer = (typeof backupAnswers)[number];

export type Consent = {
  readonly termsId: string;
  readonly termsVersion: string;
  readonly language: string;
  readonly termsHash: Uint8Array;
  readonly licenceHash: Uint8Array;
  readonly ticks: number;
  readonly backup: BackupAnswer;
  readonly time: number;
};

export type RegisterMessage = {
  readonly type: "register";
  readonly organization: string;
  readonly sidC: Uint8Array;
  readonly versions: readonly number[];
  readonly suites: readonly number[];
  readonly name: string;
  readonly language: string;
  readonly platform: string;
  readonly program: string;
  readonly consent: Consent;
  readonly lease: Uint8Array | null;
  readonly outcome: RunOutcome;
};

export type NameplateMessage = {
  readonly type: "nameplate";
  readonly nameplate: string;
  readonly lease: Uint8Array;
  readonly secretSeconds: number;
  readonly nameplateSeconds: number;
  readonly time: number;
};

export type JoinMessage = { readonly type: "join"; readonly ticket: Uint8Array; readonly nameplate: string };

/** PAIRED as the viewer gets it. */
export type PairedMessage = {
  readonly type: "paired";
  readonly sidC: Uint8Array;
  readonly versions: readonly number[];
  readonly suites: readonly number[];
} & Comeback;

/** What each side gets in PAIRED for the case that its connection is lost. */
export type Comeback = {
  /** The server's own number for the run. */
  readonly session: Uint8Array;
  /** A secret. */
  readonly cookie: Uint8Array;
  /** How long after a loss the server takes this side back. */
  readonly resumeSeconds: number;
};

/** PAIRED as the host gets it. */
export type PairedHostMessage = {
  readonly type: "paired";
  /** The server's receipt for the consent (docs/protocol/10-customer-log.md); empty for none. */
  readonly receipt: Uint8Array;
} & Comeback;

export type ResumeMessage = { readonly type: "resume"; readonly session: Uint8Array; readonly cookie: Uint8Array };

/** `seconds`: how long the server still waits for the other side. */
export type WaitingMessage = { readonly type: "waiting"; readonly seconds: number };

export type RejoinedMessage = { readonly type: "rejoined"; readonly session: Uint8Array };

export type RefusedMessage = { readonly type: "refused"; readonly reason: RefusalReason; readonly retryAfterSeconds: number };

const nameplatePattern = /^([0-7][0-9]{2}|[89][0-9]{3})$/;
const slugPattern = /^[a-z0-9](-?[a-z0-9])*$/;
const languagePattern = /^[a-z]{2}(-[A-Z]{2})?$/;
const platformPattern = /^[a-z0-9-]{1,32}$/;
/** The largest number that both languages hold exactly. */
const maximumNumber = Number.MAX_SAFE_INTEGER;
const shortestSeconds = 60;
const longestSecretSeconds = 3_600;
const longestNameplateSeconds = 86_400;
const maximumReceiptBytes = 512;
const cookieBytes = 80;
const shortestResumeSeconds = 60;
const longestResumeSeconds = 900;

/** Three digits beginning 0-7, or four beginning 8-9. */
export function isNameplate(text: string): boolean {
  return nameplatePattern.test(text);
}

export function encodeJoin(message: JoinMessage): string {
  return JSON.stringify({ type: "join", ticket: toHex(message.ticket), nameplate: message.nameplate });
}

/** What the server may answer to JOIN. */
export function decodeJoinAnswer(text: string): PairedMessage | RefusedMessage {
  const members = readJsonObject(text, maximumMessageBytes);
  const type = members.text("type");
  if (type === "paired") return decodePairedMembers(members);
  if (type === "refused") return decodeRefusedMembers(members);
  throw new WireFormatError("UnknownType");
}

/** What the server may answer to RESUME; REJOINED may come after WAITING. */
export function decodeResumeAnswer(text: string): WaitingMessage | RejoinedMessage | RefusedMessage {
  const members = readJsonObject(text, maximumMessageBytes);
  const type = members.text("type");
  if (type === "waiting") return { type, seconds: members.number("seconds", longestResumeSeconds, 1) };
  if (type === "rejoined") return { type, session: members.hex("session", 16) };
  if (type === "refused") return decodeRefusedMembers(members);
  throw new WireFormatError("UnknownType");
}

export function encodeWaiting(message: WaitingMessage): string {
  return JSON.stringify(message);
}

export function encodeRejoined(message: RejoinedMessage): string {
  return JSON.stringify({ type: "rejoined", session: toHex(message.session) });
}

export function decodeResumeRequest(text: string): ResumeMessage {
  const members = membersOf(text, "resume");
  return { type: "resume", session: members.hex("session", 16), cookie: members.hex("cookie", cookieBytes) };
}

export function encodeResumeRequest(message: ResumeMessage): string {
  return JSON.stringify({ type: "resume", session: toHex(message.session), cookie: toHex(message.cookie) });
}

export function decodeJoin(text: string): JoinMessage {
  const members = membersOf(text, "join");
  return { type: "join", ticket: members.hex("ticket", 32), nameplate: members.pattern("nameplate", nameplatePattern) };
}

export function decodeRegister(text: string): RegisterMessage {
  const members = membersOf(text, "register");
  return {
    type: "register",
    organization: members.text("organization", 1, 40, slugPattern),
    sidC: members.hex("sidC", 16),
    versions: members.fallingNumbers("versions", 0xff),
    suites: members.fallingNumbers("suites", 0xffff),
    name: members.text("name", 0, 64),
    language: members.pattern("language", languagePattern),
    platform: members.pattern("platform", platformPattern),
    program: members.text("program", 1, 64),
    consent: decodeConsent(members.object("consent")),
    lease: members.hexOrNull("lease", 32),
    outcome: members.oneOf("outcome", runOutcomes),
  };
}

export function encodeRegister(message: RegisterMessage): string {
  const { consent, lease } = message;
  return JSON.stringify({
    ...message,
    sidC: toHex(message.sidC),
    consent: { ...consent, termsHash: toHex(consent.termsHash), licenceHash: toHex(consent.licenceHash) },
    lease: lease === null ? null : toHex(lease),
  });
}

export function decodeNameplate(text: string): NameplateMessage {
  const members = membersOf(text, "nameplate");
  return {
    type: "nameplate",
    nameplate: members.pattern("nameplate", nameplatePattern),
    lease: members.hex("lease", 32),
    secretSeconds: members.number("secretSeconds", longestSecretSeconds, shortestSeconds),
    nameplateSeconds: members.number("nameplateSeconds", longestNameplateSeconds, shortestSeconds),
    time: members.number("time", maximumNumber),
  };
}

export function encodeNameplate(message: NameplateMessage): string {
  return JSON.stringify({ ...message, lease: toHex(message.lease) });
}

export function decodePaired(text: string): PairedMessage {
  return decodePairedMembers(membersOf(text, "paired"));
}

export function encodePaired(message: PairedMessage | PairedHostMessage): string {
  const { session, cookie, resumeSeconds } = message;
  const comeback = { session: toHex(session), cookie: toHex(cookie), resumeSeconds };
  if (!("sidC" in message)) return JSON.stringify({ type: "paired", ...comeback, receipt: toHex(message.receipt) });
  return JSON.stringify({ ...message, sidC: toHex(message.sidC), ...comeback });
}

export function decodePairedHost(text: string): PairedHostMessage {
  const members = membersOf(text, "paired");
  return { type: "paired", ...decodeComeback(members), receipt: members.hexUpTo("receipt", maximumReceiptBytes) };
}

export function decodeRefused(text: string): RefusedMessage {
  return decodeRefusedMembers(membersOf(text, "refused"));
}

export function encodeRefused(message: RefusedMessage): string {
  return JSON.stringify(message);
}

/** Bytes of a ticket or lease as the wire spells them. */
export function decodeTicket(hex: string): Uint8Array<ArrayBuffer> {
  const bytes = fromHex(hex);
  if (bytes === null || bytes.length !== 32) throw new RangeError("a ticket is 64 hex digits");
  return bytes;
}

function membersOf(text: string, type: string): JsonMembers {
  const members = readJsonObject(text, maximumMessageBytes);
  if (members.text("type") !== type) throw new WireFormatError("UnknownType");
  return members;
}

function decodePairedMembers(members: JsonMembers): PairedMessage {
  return {
    type: "paired",
    sidC: members.hex("sidC", 16),
    versions: members.fallingNumbers("versions", 0xff),
    suites: members.fallingNumbers("suites", 0xffff),
    ...decodeComeback(members),
  };
}

function decodeComeback(members: JsonMembers): Comeback {
  return {
    session: members.hex("session", 16),
    cookie: members.hex("cookie", cookieBytes),
    resumeSeconds: members.number("resumeSeconds", longestResumeSeconds, shortestResumeSeconds),
  };
}

function decodeRefusedMembers(members: JsonMembers): RefusedMessage {
  return {
    type: "refused",
    reason: members.oneOf("reason", refusalReasons),
    retryAfterSeconds: members.number("retryAfterSeconds", maximumNumber),
  };
}

function decodeConsent(members: JsonMembers): Consent {
  return {
    termsId: members.text("termsId", 1, 32),
    termsVersion: members.text("termsVersion", 1, 32),
    language: members.pattern("language", languagePattern),
    termsHash: members.hex("termsHash", 32),
    licenceHash: members.hex("licenceHash", 32),
    ticks: members.number("ticks", 0xff),
    backup: members.oneOf("backup", backupAnswers),
    time: members.number("time", maximumNumber),
  };
}
