// Who takes part in a session (docs/protocol/13-participants.md): channel 10.

import { WireFormatError } from "./errors.ts";
import { checkedPermissions } from "./permissions.ts";
import { WireReader, WireWriter } from "./wire.ts";

export const peopleTypes = { PEOPLE: 0x01, INVITATION: 0x02, INVITE: 0x03, WITHDRAW: 0x04, TAKE_CONTROL: 0x05, HALT: 0x06 } as const;

export const roles = { 1: "technician", 2: "relative" } as const;
export type Role = (typeof roles)[keyof typeof roles];

export const invitationStates = {
  1: "asked",
  2: "code",
  3: "joined",
  4: "declined",
  5: "withdrawn",
  6: "expired",
  7: "wrong-code",
  8: "full",
  9: "unavailable",
  10: "too-often",
} as const;
export type InvitationState = (typeof invitationStates)[keyof typeof invitationStates];

const purposes = { 1: "come-along", 2: "take-over" } as const;
export type InvitePurpose = (typeof purposes)[keyof typeof purposes];

/** One participant; the name is peer text. */
export type Participant = {
  readonly person: number;
  readonly role: Role;
  readonly away: boolean;
  readonly permissions: number;
  /** Since the customer let it in. */
  readonly seconds: number;
  readonly name: string;
};

/** Who takes part; `control`: who has mouse and keyboard, 0 for nobody. */
export type People = { readonly type: "PEOPLE"; readonly own: number; readonly control: number; readonly participants: readonly Participant[] };
/** `code`: nine digits in the state code, else empty. */
export type Invitation = { readonly type: "INVITATION"; readonly number: number; readonly state: InvitationState; readonly seconds: number; readonly code: string };
export type Invite = { readonly type: "INVITE"; readonly number: number; readonly purpose: InvitePurpose; readonly name: string; readonly reason: string };
export type PeopleMessage = People | Invitation | Invite | { readonly type: "WITHDRAW"; readonly number: number } | { readonly type: "TAKE_CONTROL" | "HALT" };

/** UTF-8 bytes. */
export const longestName = 64;
export const longestReason = 400;
const codeDigits = 9;
const maximumParticipants = 4;

export function decodePeople(payload: Uint8Array, sender: "host" | "viewer"): PeopleMessage {
  const reader = new WireReader(payload);
  const type = reader.u8();
  const message = sender === "host" ? decodeFromHost(reader, type) : decodeFromViewer(reader, type);
  reader.end();
  return message;
}

export function encodePeople(message: PeopleMessage): Uint8Array<ArrayBuffer> {
  const writer = new WireWriter().u8(peopleTypes[message.type]);
  switch (message.type) {
    case "PEOPLE":
      writer.u8(message.own).u8(message.control).u8(message.participants.length);
      for (const one of message.participants) {
        writer.u8(one.person).u8(numberOf(roles, one.role)).u8(one.away ? 1 : 0).u32(one.permissions).u32(one.seconds).text(one.name, longestName);
      }
      break;
    case "INVITATION":
      writer.u32(message.number).u8(numberOf(invitationStates, message.state)).u16(message.seconds).text(message.code, codeDigits);
      break;
    case "INVITE":
      writer.u32(message.number).u8(numberOf(purposes, message.purpose)).text(message.name, longestName).text(message.reason, longestReason);
      break;
    case "WITHDRAW":
      writer.u32(message.number);
      break;
    case "TAKE_CONTROL":
    case "HALT":
      break;
  }
  return writer.finish();
}

function decodeFromHost(reader: WireReader, type: number): PeopleMessage {
  if (type === peopleTypes.PEOPLE) return decodeEverybody(reader);
  if (type === peopleTypes.INVITATION) return decodeInvitation(reader);
  throw new WireFormatError("UnknownType");
}

function decodeFromViewer(reader: WireReader, type: number): PeopleMessage {
  switch (type) {
    case peopleTypes.INVITE:
      return { type: "INVITE", number: fromOne(reader), purpose: member(purposes, reader.u8()), name: nameOf(reader), reason: reader.text(longestReason) };
    case peopleTypes.WITHDRAW:
      return { type: "WITHDRAW", number: fromOne(reader) };
    case peopleTypes.TAKE_CONTROL:
      return { type: "TAKE_CONTROL" };
    case peopleTypes.HALT:
      return { type: "HALT" };
    default:
      throw new WireFormatError("UnknownType");
  }
}

function decodeEverybody(reader: WireReader): People {
  const own = reader.u8();
  const control = reader.u8();
  const count = reader.u8();
  if (count < 1 || count > maximumParticipants) throw new WireFormatError("InvalidValue");
  const participants: Participant[] = [];
  for (let index = 0; index < count; index++) {
    const one = decodeParticipant(reader);
    if (one.person <= (participants.at(-1)?.person ?? 0)) throw new WireFormatError("InvalidValue");
    participants.push(one);
  }
  const isThere = (person: number): boolean => participants.some((one) => one.person === person);
  if (!isThere(own) || (control !== 0 && !isThere(control))) throw new WireFormatError("InvalidValue");
  return { type: "PEOPLE", own, control, participants };
}

function decodeParticipant(reader: WireReader): Participant {
  const person = reader.u8();
  if (person === 0) throw new WireFormatError("InvalidValue");
  const role = member(roles, reader.u8());
  const away = reader.u8();
  if (away > 1) throw new WireFormatError("InvalidValue");
  return { person, role, away: away === 1, permissions: checkedPermissions(reader.u32()), seconds: reader.u32(), name: nameOf(reader) };
}

function decodeInvitation(reader: WireReader): Invitation {
  const number = fromOne(reader);
  const state = member(invitationStates, reader.u8());
  const seconds = reader.u16();
  const code = reader.text(codeDigits);
  const bytes = new TextEncoder().encode(code).length;
  if (state === "code" && bytes !== codeDigits) throw new WireFormatError("LengthOutOfRange");
  if (state === "code" ? !/^[0-9]*$/.test(code) : code !== "" || seconds !== 0) throw new WireFormatError("InvalidValue");
  return { type: "INVITATION", number, state, seconds, code };
}

function nameOf(reader: WireReader): string {
  const name = reader.text(longestName);
  if (name === "") throw new WireFormatError("LengthOutOfRange");
  return name;
}

function fromOne(reader: WireReader): number {
  const number = reader.u32();
  if (number === 0) throw new WireFormatError("InvalidValue");
  return number;
}

function member<Word extends string>(table: Readonly<Record<number, Word>>, value: number): Word {
  const word = table[value];
  if (word === undefined) throw new WireFormatError("InvalidValue");
  return word;
}

function numberOf(table: Readonly<Record<number, string>>, word: string): number {
  return Number(Object.keys(table).find((number) => table[Number(number)] === word));
}
