// A technician's session with a simulated host at its other end, and a diary of everything it said.

import type { Fact } from "../../src/protocol/facts.ts";
import type { CursorMessage } from "../../src/protocol/cursor.ts";
import type { StopReason } from "../../src/protocol/errors.ts";
import type { Invitation, People } from "../../src/protocol/people.ts";
import type { ScreenMessage } from "../../src/protocol/screen.ts";
import { ascii } from "../../src/protocol/wire.ts";
import type { EndReason, SessionState } from "../../src/session/states.ts";
import type { FileEvents } from "../../src/session/file-traffic.ts";
import type { TransferReport } from "../../src/session/transfer-reports.ts";
import type { Established } from "../../src/session/technician-handshake.ts";
import type { JoinInputs } from "../../src/session/joining.ts";
import type { SessionEvents } from "../../src/session/session-events.ts";
import { TechnicianSession } from "../../src/session/technician-session.ts";
import type { Scalar } from "../../src/session/x25519.ts";
import type { CustomerInputs } from "../customer/customer-handshake.ts";
import { MemoryStore } from "../files/memory-store.ts";
import { ManualClock, until } from "../manual-clock.ts";
import { FakeSocket } from "./fake-socket.ts";
import { createOrganization, type Organization } from "./organization.ts";
import { SimulatedHost } from "./simulated-host.ts";

export const secretDigits = "902635";
export const ticket = "5c".repeat(32);

export class Diary implements SessionEvents {
  readonly states: SessionState[] = [];
  readonly permissions: number[] = [];
  readonly pauses: (StopReason | null)[] = [];
  localInputs = 0;
  readonly refusals: number[] = [];
  readonly aways: number[] = [];
  readonly screens: ScreenMessage[] = [];
  readonly cursors: CursorMessage[] = [];
  readonly lines: string[] = [];
  readonly marks: (readonly [delivered: number, seen: number])[] = [];
  session: Established | null = null;
  reason: EndReason | null = null;
  detail: string | null = null;

  readonly state = (state: SessionState, reason: EndReason | null, detail: string | null): void => {
    this.states.push(state);
    this.reason = reason;
    this.detail = detail;
  };
  readonly established = (session: Established): void => {
    this.session = session;
  };
  readonly localInput = (): void => {
    this.localInputs++;
  };
  readonly grants = (permissions: number, pause: StopReason | null): void => {
    this.permissions.push(permissions);
    this.pauses.push(pause);
  };
  readonly away = (seconds: number): void => {
    this.aways.push(seconds);
  };
  readonly declined = (permissions: number): void => {
    this.refusals.push(permissions);
  };
  readonly screen = (message: ScreenMessage): void => {
    this.screens.push(message);
  };
  readonly cursor = (message: CursorMessage): void => {
    this.cursors.push(message);
  };
  readonly line = (_number: number, text: string, person: number | null): void => {
    this.lines.push(text);
    this.saidBy.push(person);
  };
  readonly saidBy: (number | null)[] = [];
  readonly people = (people: People): void => {
    this.everybody.push(people);
  };
  readonly everybody: People[] = [];
  readonly invitations: Invitation[] = [];
  readonly invitation = (invitation: Invitation): void => {
    this.invitations.push(invitation);
  };
  readonly linesMarked = (delivered: number, seen: number): void => {
    this.marks.push([delivered, seen]);
  };
  /** What came of copied text, in order. */
  readonly copied: string[] = [];
  readonly clipboard: SessionEvents["clipboard"] = {
    placed: (outcome) => this.copied.push(`placed: ${outcome}`),
    refused: (outcome) => this.copied.push(`refused: ${outcome}`),
    came: (text, wasAsked) => this.copied.push(`${wasAsked ? "asked" : "given"}: ${text}`),
  };
  readonly factsGiven: (readonly Fact[] | null | "gone")[] = [];
  readonly facts = (facts: readonly Fact[] | null): void => {
    this.factsGiven.push(facts);
  };
  readonly factsGone = (): void => {
    this.factsGiven.push("gone");
  };
  /** What came of telling of pictures, in order: the first byte of the number, and whether the customer is told. */
  readonly picturesTold: string[] = [];
  readonly pictureTold = (picture: Uint8Array, isTold: boolean): void => {
    this.picturesTold.push(`${picture[0]}: ${isTold}`);
  };
  /** The newest of each transfer. */
  readonly transfers = new Map<number, TransferReport>();
  readonly answers: (number | null)[] = [];
  readonly arrivals: string[] = [];
  isOver = false;
  readonly files: FileEvents = {
    transfers: (changed) => changed.forEach((report) => this.transfers.set(report.id, report)),
    arrived: (_offer, name) => this.arrivals.push(name),
    answered: (group) => this.answers.push(group),
  };
  readonly over = (): void => {
    this.isOver = true;
  };
}

export type Harness = {
  readonly session: TechnicianSession;
  readonly diary: Diary;
  readonly socket: FakeSocket;
  readonly host: SimulatedHost;
  readonly clock: ManualClock;
  readonly inputs: JoinInputs;
  readonly store: MemoryStore;
};

export type HarnessOptions = {
  readonly join?: Partial<JoinInputs>;
  readonly customer?: Partial<CustomerInputs>;
  readonly organization?: Organization;
  readonly events?: Partial<SessionEvents>;
  /** In place of a fresh one. */
  readonly scalar?: Scalar;
};

let shared: Promise<Organization> | null = null;

/** One organization serves all tests that do not need their own: its keys cost time. */
export function sharedOrganization(): Promise<Organization> {
  shared ??= createOrganization();
  return shared;
}

export async function createHarness(options: HarnessOptions = {}): Promise<Harness> {
  const organization = options.organization ?? (await sharedOrganization());
  const socket = new FakeSocket();
  const clock = new ManualClock();
  const diary = new Diary();
  const host = await SimulatedHost.create(socket, organization, secretDigits, options.customer);
  const inputs: JoinInputs = {
    origin: "https://help.example.nl",
    ticket,
    nameplate: "417",
    secret: ascii(secretDigits),
    certificate: organization.certificate,
    signingKey: organization.signingKey,
    organizationKeyHash: organization.keyHash,
    requested: 0b111,
    ...options.join,
  };
  const events: SessionEvents = {
    state: diary.state,
    established: diary.established,
    grants: diary.grants,
    localInput: diary.localInput,
    declined: diary.declined,
    away: diary.away,
    screen: diary.screen,
    cursor: diary.cursor,
    clipboard: diary.clipboard,
    line: diary.line,
    people: diary.people,
    invitation: diary.invitation,
    linesMarked: diary.linesMarked,
    facts: diary.facts,
    factsGone: diary.factsGone,
    pictureTold: diary.pictureTold,
    files: diary.files,
    over: diary.over,
    ...options.events,
  };
  const { scalar } = options;
  const generate = scalar === undefined ? {} : { generateScalar: () => Promise.resolve(scalar) };
  const store = new MemoryStore();
  const session = new TechnicianSession(inputs, { openSocket: socket.open, clock, events, store, client: "test/1", ...generate });
  return { session, diary, socket, host, clock, inputs, store };
}

/** As far as the customer's decision. */
export async function connected(options: HarnessOptions = {}): Promise<Harness> {
  const harness = await createHarness(options);
  harness.session.start();
  harness.socket.opened();
  await until("the handshake", () => harness.session.state === "waiting-for-customer");
  return harness;
}

/** With looking and controlling granted. */
export async function active(options: HarnessOptions = {}): Promise<Harness> {
  const harness = await connected(options);
  await harness.host.grant(0b111);
  await until("the grant", () => harness.session.state === "active");
  return harness;
}

/** The session takes a message of the host's, and has so heard of it. */
export async function heard({ host, diary }: Harness): Promise<void> {
  const before = diary.localInputs;
  await host.sendControl({ type: "LOCAL_INPUT" });
  await until("the host's word", () => diary.localInputs > before);
}

export async function ended({ session, diary }: Harness): Promise<EndReason | null> {
  await until("the end", () => session.state === "ended");
  return diary.reason;
}
