// A lost connection and the way back, at the technician's end: the server and the customer's program are the test.

import { describe, expect, test } from "vitest";
import { decodeChat, type ChatMessage } from "../../src/protocol/chat.ts";
import { channels, channelNumbers } from "../../src/protocol/channels.ts";
import { decodeControl, encodeControl, type ControlMessage } from "../../src/protocol/control.ts";
import { channelRules } from "../../src/protocol/records.ts";
import type { LastMessage } from "../../src/protocol/resume.ts";
import { permissions } from "../../src/protocol/permissions.ts";
import { decodeResumeRequest, encodeRefused, encodeRejoined, encodeWaiting } from "../../src/protocol/rendezvous.ts";
import { RecordOpener } from "../../src/session/record-opener.ts";
import { RecordSealer } from "../../src/session/record-sealer.ts";
import { TechnicianSession } from "../../src/session/technician-session.ts";
import { generateScalar } from "../../src/session/x25519.ts";
import { acceptR1 } from "../customer/customer-resume.ts";
import { ManualClock, turns, until } from "../manual-clock.ts";
import { FakeSocket } from "./fake-socket.ts";
import { createHarness, Diary, type Harness } from "./harness.ts";
import { comeback } from "./simulated-host.ts";

const rules = channelRules(channels);
const look = 0b1;

/** The customer's program behind the sockets after the first. */
class ReturningHost {
  readonly heard: ControlMessage[] = [];
  readonly secrets = new Map<number, Uint8Array>();
  /** What it says to have received. */
  ids: LastMessage[] = [];
  readonly chat: ChatMessage[] = [];
  readonly #sessionId: Uint8Array;
  #sealer: RecordSealer | null = null;
  #opener: RecordOpener | null = null;
  #n = 0;

  constructor(sessionId: Uint8Array, secret: Uint8Array) {
    this.#sessionId = sessionId;
    this.secrets.set(0, Uint8Array.from(secret));
  }

  /** Answers R1 and says RESUMED. */
  async resume(socket: FakeSocket, r1: Uint8Array, answers = true): Promise<void> {
    const { r2, resumed } = await acceptR1(
      { sessionId: this.#sessionId, secrets: this.secrets, scalar: await generateScalar(), nonce: new Uint8Array(16), ids: this.ids, recentAttempts: 0 }, r1);
    this.#n = [...this.secrets.keys()].sort((left, right) => right - left)[0] ?? 0;
    this.secrets.set(this.#n + 1, Uint8Array.from(resumed.keys.resume));
    if (!answers) return;
    this.#sealer = await RecordSealer.create(Uint8Array.from(resumed.keys.trafficC), rules, () => 0);
    this.#opener = await RecordOpener.create(Uint8Array.from(resumed.keys.trafficT), rules, { sender: "viewer", afterResume: true });
    socket.deliver(r2);
    await this.say(socket, { type: "RESUMED" });
  }

  async say(socket: FakeSocket, message: ControlMessage): Promise<void> {
    const payload = encodeControl(message);
    for (const record of (await this.#sealer?.seal({ channel: channelNumbers.control, more: false, payload })) ?? []) socket.deliver(record);
  }

  async hear(record: Uint8Array): Promise<void> {
    const message = await this.#opener?.open(record);
    if (message?.channel === channelNumbers.chat) this.chat.push(decodeChat(message.payload, "viewer"));
    if (message?.channel === channelNumbers.control) this.heard.push(decodeControl(message.payload, "viewer"));
  }
}

type Stage = Harness & { readonly sockets: FakeSocket[]; readonly returning: ReturningHost };

/** A session in which looking is granted, whose later sockets the test plays. */
async function established(granted = look): Promise<Stage> {
  const harness = await createHarness({ join: { requested: granted } });
  const sockets: FakeSocket[] = [];
  const clock = new ManualClock();
  const diary = new Diary();
  const session = new TechnicianSession(harness.inputs, {
    openSocket: (url, events) => {
      const socket = sockets.length === 0 ? harness.socket : new FakeSocket();
      sockets.push(socket);
      return socket.open(url, events);
    },
    clock, events: diary, store: harness.store, client: "test/1",
  });
  session.start();
  harness.socket.opened();
  await until("the handshake", () => session.state === "waiting-for-customer");
  await harness.host.grant(granted);
  await until("the grant", () => session.state === "active");
  const given = harness.host.established;
  if (given === null) throw new Error("no session");
  return { ...harness, session, clock, diary, sockets, returning: new ReturningHost(given.sessionId, given.keys.resume) };
}

async function next(stage: Stage, count: number): Promise<FakeSocket> {
  await until("the next socket", () => stage.sockets.length === count);
  const socket = stage.sockets[count - 1];
  if (socket === undefined) throw new Error("no socket");
  socket.opened();
  await until("RESUME", () => socket.sent.length === 1);
  return socket;
}

async function r1Of(socket: FakeSocket): Promise<Uint8Array> {
  socket.deliver(encodeRejoined({ type: "rejoined", session: comeback.session }));
  await until("R1", () => socket.sent.length === 2);
  return socket.sent[1] as Uint8Array;
}

async function back(stage: Stage, count: number): Promise<FakeSocket> {
  const socket = await next(stage, count);
  await stage.returning.resume(socket, await r1Of(socket));
  await until("RESUMED", () => socket.sent.length >= 3);
  await stage.returning.hear(socket.sent[2] as Uint8Array);
  await stage.returning.say(socket, { type: "GRANT", number: 1, permissions: look });
  await until("the grant", () => stage.session.state === "active");
  return socket;
}

describe("a lost connection", () => {
  test("does not end the session: it goes on over a new socket without a new code [invariant:7]", async () => {
    const stage = await established();
    stage.socket.lose(1006);
    await until("the loss", () => stage.session.state === "resuming");
    expect(stage.diary.aways).toEqual([300]);
    const socket = await next(stage, 2);
    expect(decodeResumeRequest(socket.sent[0] as string)).toEqual({ type: "resume", session: comeback.session, cookie: comeback.cookie });
    socket.deliver(encodeWaiting({ type: "waiting", seconds: 290 }));
    await stage.returning.resume(socket, await r1Of(socket));
    await until("RESUMED", () => socket.sent.length >= 3);
    await stage.returning.hear(socket.sent[2] as Uint8Array);
    expect(stage.returning.heard).toEqual([{ type: "RESUMED" }]);
    expect(stage.session.state).toBe("resuming");
    await stage.returning.say(socket, { type: "GRANT", number: 1, permissions: look });
    await until("the grant", () => stage.session.state === "active");
    expect(stage.diary.states).toEqual(["connecting", "waiting-for-customer", "active", "resuming", "active"]);
  });

  test("says again only what the customer's program has not got [invariant:7]", async () => {
    const stage = await established(permissions.VIEW | permissions.CHAT);
    for (const line of ["first", "second", "third"]) stage.session.say(line);
    await until("the lines", () => stage.host.chat.length === 3);
    stage.socket.lose(1006);
    await until("the loss", () => stage.session.state === "resuming");
    stage.session.say("while away");
    const socket = await next(stage, 2);
    stage.returning.ids = [{ channel: channelNumbers.chat, id: 2 }];
    await stage.returning.resume(socket, await r1Of(socket));
    await stage.returning.say(socket, { type: "GRANT", number: 1, permissions: permissions.VIEW | permissions.CHAT });
    await until("RESUMED and two lines", () => socket.sent.length >= 5);
    for (const record of socket.sent.slice(2)) await stage.returning.hear(record as Uint8Array);
    expect(stage.diary.marks).toEqual([[2, 0]]);
    expect(stage.returning.chat).toEqual([{ type: "LINE", number: 3, text: "third" }, { type: "LINE", number: 4, text: "while away" }]);
  });

  test("may come again and again, each time with new keys", async () => {
    const stage = await established();
    stage.socket.lose(4003);
    for (let count = 2; count < 6; count++) {
      const socket = await back(stage, count);
      socket.lose(count % 2 === 0 ? 4006 : 1006);
      await until("the loss", () => stage.session.state === "resuming");
      // Lost again at once: the pauses grow.
    }
    expect(stage.diary.aways).toHaveLength(5);
  });

  test("counts once, although its socket tells of its end afterwards", async () => {
    const stage = await established();
    stage.socket.lose(1006);
    const socket = await back(stage, 2);
    await stage.clock.advance(15_500);
    await until("the loss", () => stage.session.state === "resuming");
    expect(socket.closedWith).toBe(4003);
    await back(stage, 3);
    socket.lose(1006);
    await stage.clock.advance(1_000);
    expect(stage.session.state).toBe("active");
    expect(stage.diary.aways).toHaveLength(2);
    expect(stage.sockets).toHaveLength(3);
  });

  test.each(["before the answer", "while waiting", "before R1", "after R1", "after R2"])("that breaks again %s is looked for again", async (when) => {
    const stage = await established();
    stage.socket.lose(1006);
    const socket = await next(stage, 2);
    if (when === "while waiting") socket.deliver(encodeWaiting({ type: "waiting", seconds: 290 }));
    if (when === "after R1") await stage.returning.resume(socket, await r1Of(socket), false);
    if (when === "before R1") socket.deliver(encodeRejoined({ type: "rejoined", session: comeback.session }));
    if (when === "after R2") {
      await stage.returning.resume(socket, await r1Of(socket));
      await until("RESUMED", () => socket.sent.length >= 3);
    }
    if (when === "after R2") {
      // The host's RESUMED has come: that was a session again.
      socket.lose(1006);
    } else {
      socket.lose(1006);
      // What was being calculated when the line broke comes first.
      await until("the pause", () => socket.isLeft);
      await stage.clock.advance(250);
    }
    await until("another socket", () => stage.sockets.length === 3);
    const again = await next(stage, 3);
    const r1 = await r1Of(again);
    await stage.returning.resume(again, r1);
    await until("RESUMED", () => again.sent.length >= 3);
    await stage.returning.say(again, { type: "GRANT", number: 1, permissions: look });
    await until("the grant", () => stage.session.state === "active");
  });

  test("is looked for every second in the first minute, and every five later", async () => {
    const stage = await established();
    const { clock, sockets } = stage;
    stage.socket.lose(1006);
    const began = clock.now();
    const tries: number[] = [];
    for (let count = 2; clock.now() < began + 90_000; count++) {
      await until("the next socket", () => sockets.length === count);
      tries.push(clock.now() - began);
      const socket = sockets[count - 1];
      socket?.lose(1006);
      await until("the pause", () => socket?.isLeft === true);
      while (sockets.length === count) await clock.advance(50);
    }
    const pauses = tries.slice(1).map((at, index) => at - (tries[index] ?? 0));
    expect(tries[0]).toBe(0);
    expect(pauses.slice(0, 4)).toEqual([250, 500, 1_000, 1_000]);
    expect(Math.max(...pauses.filter((_, index) => (tries[index] ?? 0) < 60_000))).toBe(1_000);
    expect(pauses.at(-1)).toBe(5_000);
  });

  test("ends the session when the window is over, by whichever clock", async () => {
    const stage = await established();
    stage.socket.lose(1006);
    await next(stage, 2);
    stage.clock.sleep(301_000);
    await stage.clock.advance(1_000);
    expect([stage.session.state, stage.diary.reason]).toEqual(["ended", "connection-lost"]);
    expect(stage.sockets[1]?.closedWith).toBe(1000);
  });

  test("ends the session at once when the server takes nobody back", async () => {
    const stage = await established();
    stage.socket.lose(1006);
    const socket = await next(stage, 2);
    socket.deliver(encodeRefused({ type: "refused", reason: "unknown", retryAfterSeconds: 0 }));
    await until("the end", () => stage.session.state === "ended");
    expect(stage.diary.reason).toBe("connection-lost");
  });

  test("can be ended by the technician, and the server hears of it", async () => {
    const stage = await established();
    stage.socket.lose(1006);
    const socket = await next(stage, 2);
    socket.deliver(encodeWaiting({ type: "waiting", seconds: 290 }));
    // Taken within the turn: nothing is calculated for it.
    await turns(1);
    stage.session.end("technician-ended");
    expect([stage.session.state, stage.diary.reason]).toEqual(["ended", "technician-ended"]);
    expect(socket.closedWith).toBe(1000);
    await stage.clock.advance(20_000);
    expect(stage.sockets).toHaveLength(2);
  });

  test("that the technician ends between two tries is told to the server as soon as it can be reached", async () => {
    const stage = await established();
    stage.socket.lose(1006);
    await until("the next socket", () => stage.sockets.length === 2);
    const refused = stage.sockets[1];
    refused?.lose(1006);
    await until("the pause", () => refused?.isLeft === true);
    stage.session.end("technician-ended");
    expect([stage.session.state, stage.diary.reason]).toEqual(["ended", "technician-ended"]);
    await until("another socket", () => stage.sockets.length === 3);
    stage.sockets[2]?.lose(1006);
    await until("the pause", () => stage.sockets[2]?.isLeft === true);
    await stage.clock.advance(250);
    const socket = await next(stage, 4);
    expect(decodeResumeRequest(socket.sent[0] as string).cookie).toEqual(comeback.cookie);
    expect(stage.diary.isOver).toBe(false);
    socket.deliver(encodeWaiting({ type: "waiting", seconds: 290 }));
    expect(socket.closedWith).toBe(1000);
    await until("the end of it all", () => stage.diary.isOver);
    await stage.clock.advance(600_000);
    expect(stage.sockets).toHaveLength(4);
  });

  test("that the technician ends is tried to be told no longer than the server waits", async () => {
    const stage = await established();
    stage.socket.lose(1006);
    await until("the next socket", () => stage.sockets.length === 2);
    stage.session.end("technician-ended");
    await until("another socket", () => stage.sockets.length === 3);
    for (let count = 3; stage.clock.waiting > 0; count++) {
      stage.sockets[count - 1]?.lose(1006);
      await stage.clock.advance(5_000);
    }
    await until("the end of it all", () => stage.diary.isOver);
    expect(stage.sockets.length).toBeLessThan(70);
  });

  test("is not what a sign-out is", async () => {
    const stage = await established();
    stage.socket.lose(4008);
    await until("the end", () => stage.session.state === "ended");
    expect(stage.diary.reason).toBe("server-refused");
  });

  test("is one that says nothing for fifteen seconds; its socket is not closed as an end", async () => {
    const stage = await established();
    await stage.clock.advance(15_500);
    await until("the loss", () => stage.session.state === "resuming");
    expect(stage.socket.closedWith).toBe(4003);
  });
});
