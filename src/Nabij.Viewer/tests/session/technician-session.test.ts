// One whole session after another against the simulated host: the good ways through, and every way to its end.

import { describe, expect, test, vi } from "vitest";
import { channelNumbers } from "../../src/protocol/channels.ts";
import { encodeCursor } from "../../src/protocol/cursor.ts";
import { closeReasons } from "../../src/protocol/errors.ts";
import type { InputMessage } from "../../src/protocol/input.ts";
import { permissions } from "../../src/protocol/permissions.ts";
import { encodeRefused, refusalReasons } from "../../src/protocol/rendezvous.ts";
import { encodeScreen, type ScreenMessage } from "../../src/protocol/screen.ts";
import { ascii } from "../../src/protocol/wire.ts";
import { generateScalar } from "../../src/session/x25519.ts";
import { createOrganization } from "./organization.ts";
import { turns, until } from "../manual-clock.ts";
import { active, connected, createHarness, ended, heard, secretDigits } from "./harness.ts";

const layout: ScreenMessage = {
  type: "LAYOUT",
  layout: 1,
  width: 640,
  height: 480,
  displays: [{ x: 0, y: 0, width: 640, height: 480, name: "<img src=x>" }],
};
const update = (bytes: number): ScreenMessage => ({
  type: "UPDATE",
  layout: 1,
  update: 1,
  last: true,
  echo: false,
  captured: 12,
  codec: 2,
  content: new Uint8Array(bytes).fill(42),
});
const move = (x: number): InputMessage => ({ type: "POINTER_MOVE", x, y: 1 });
const key = (code: string, down: boolean): InputMessage => ({ type: "KEY", down, repeat: false, code, key: "", modifiers: 0, locks: 0 });

describe("from joining to the end", () => {
  test("both sides hold the same check number and the same names", async () => {
    const { diary, host, socket } = await connected();
    expect(socket.url).toBe("wss://help.example.nl/ws/viewer");
    expect(diary.session?.checkNumber).toBe(host.established?.checkNumber);
    expect(diary.session?.checkNumber).toMatch(/^[0-9]{4}$/);
    expect(diary.session?.machineName).toBe("PC-JAN");
    expect(diary.session?.sessionId).toEqual(host.established?.sessionId);
    expect(diary.states).toEqual(["connecting", "waiting-for-customer"]);
  });

  test("the secret is erased after the handshake, and in no byte sent to the server [invariant:1]", async () => {
    const harness = await active();
    harness.session.sendInput([key("KeyA", true), { type: "TEXT", text: "wachtwoord hier" }]);
    await until("input", () => harness.host.input.length === 2);
    harness.session.end("technician-ended");
    await until("CLOSE", () => harness.host.control.some(({ type }) => type === "CLOSE"));
    expect([...harness.inputs.secret]).toEqual([0, 0, 0, 0, 0, 0]);
    const sent = Buffer.from(harness.socket.sentBytes);
    for (const secret of [secretDigits, "417902635", "417 902 635", "wachtwoord"]) expect(sent.includes(secret)).toBe(false);
  });

  test("the ticket travels in the first message and in no address [invariant:12]", async () => {
    const { socket, host, inputs } = await connected();
    expect(socket.url).not.toContain(inputs.ticket);
    expect(typeof socket.sent[0]).toBe("string");
    expect(host.join).toEqual({ type: "join", nameplate: "417", ticket: new Uint8Array(32).fill(0x5c) });
  });

  test("screen and cursor arrive decoded and in order, in whatever pieces they come", async () => {
    const { diary, host, socket } = await active();
    await host.send(channelNumbers.screen, encodeScreen(layout));
    const large = await host.seal(channelNumbers.screen, encodeScreen(update(70_000)));
    const cursor = await host.seal(channelNumbers.cursor, encodeCursor({ type: "POSITION", x: 3, y: 4, own: true }));
    expect(large.length).toBeGreaterThan(3);
    for (const record of [...large, ...cursor]) socket.deliver(record);
    await until("the cursor", () => diary.cursors.length === 1);
    expect(diary.screens).toEqual([layout, update(70_000)]);
  });

  test("a message of many one-byte pieces is the same message", async () => {
    const { diary, host, socket } = await active();
    const records = await host.seal(channelNumbers.screen, encodeScreen(update(40)), 1);
    expect(records.length).toBe(encodeScreen(update(40)).length);
    for (const record of records) socket.deliver(record);
    await until("the update", () => diary.screens.length === 1);
    expect(diary.screens).toEqual([update(40)]);
  });

  test("input arrives in order; a move that another follows at once is not sent", async () => {
    const { session, host } = await active();
    session.sendInput([move(1), move(2), key("KeyA", true), move(3)]);
    session.sendInput([move(4), key("KeyA", false)]);
    await until("input", () => host.input.some((message) => message.type === "KEY" && !message.down));
    const moves = host.input.filter(({ type }) => type === "POINTER_MOVE");
    expect(moves[0]).toEqual(move(2));
    expect(moves.at(-1)).toEqual(move(4));
    expect(host.input.filter(({ type }) => type === "KEY")).toEqual([key("KeyA", true), key("KeyA", false)]);
  });

  test("feedback goes out as the newest of its kind", async () => {
    const { session, host } = await active();
    for (const number of [1, 2, 3]) session.sendFeedback({ type: "PRESENTED", layout: 1, update: number, decode: 5, present: 6 });
    session.sendFeedback({ type: "REPAIR", layout: 1 });
    await until("feedback", () => host.feedback.length === 3);
    // The first was already being sealed when the others came.
    expect(host.feedback.map((message) => (message.type === "PRESENTED" ? message.update : message.type))).toEqual([1, "REPAIR", 3]);
  });
});

describe("grants", () => {
  test("nothing but control leaves before the customer agreed", async () => {
    const { session, host, socket } = await connected();
    const before = socket.sent.length;
    session.sendInput([key("KeyA", true)]);
    session.sendFeedback({ type: "REPAIR", layout: 1 });
    await turns(20);
    expect(socket.sent.length).toBe(before);
    expect(host.input).toEqual([]);
  });

  test("Stop is not the end: nothing leaves until the customer goes on", async () => {
    const { session, diary, host } = await active();
    await host.sendControl({ type: "STOPPED", number: host.number, reason: "stop", kept: 0 });
    await until("stopped", () => session.state === "stopped");
    session.sendInput([key("KeyA", true)]);
    await host.sendControl({ type: "CONTINUED", number: host.number, permissions: 0b111 });
    await until("active", () => session.state === "active");
    session.sendInput([key("KeyB", true)]);
    await until("input", () => host.input.length > 0);
    expect(host.input).toEqual([key("KeyB", true)]);
    expect(diary.permissions).toEqual([0b111, 0, 0b111]);
  });

  test("a private moment is told by its name, keeps only what is kept, and sends nothing else", async () => {
    const harness = await active({ customer: { ceiling: 0xfff } });
    const { host, session, diary } = harness;
    await host.sendControl({ type: "STOPPED", number: host.number, reason: "private-moment", kept: permissions.CHAT });
    await until("the private moment", () => session.state === "stopped");
    expect(diary.pauses.at(-1)).toBe("private-moment");
    await host.sendControl({ type: "STOPPED", number: host.number, reason: "stop", kept: 0 });
    await until("stop", () => diary.pauses.at(-1) === "stop");
    expect(diary.permissions.at(-1)).toBe(0);
    session.sendInput([{ type: "POINTER_MOVE", x: 1, y: 1 }]);
    await host.sendControl({ type: "CONTINUED", number: host.number, permissions: 0b111 });
    await until("going on", () => session.state === "active");
    expect(diary.pauses.at(-1)).toBeNull();
    expect(host.input).toEqual([]);
  });

  test("the customer's own hand is passed on", async () => {
    const { host, diary } = await active();
    await host.sendControl({ type: "LOCAL_INPUT" });
    await until("the hint", () => diary.localInputs === 1);
  });

  test("going on with nothing granted is no pause any more, and the next grant is seen", async () => {
    const { session, diary, host } = await connected();
    await host.sendControl({ type: "STOPPED", number: host.number, reason: "stop", kept: 0 });
    await until("stopped", () => session.state === "stopped");
    await host.sendControl({ type: "CONTINUED", number: host.number, permissions: 0 });
    await until("waiting", () => session.state === "waiting-for-customer");
    await host.sendControl({ type: "GRANT", number: host.number, permissions: 1 });
    await until("active", () => session.state === "active");
    expect(diary.permissions).toEqual([0, 0, 1]);
  });

  test("what Stop cut in half is forgotten, and what follows is whole", async () => {
    const { session, diary, host, socket } = await active();
    for (const record of await host.sealPiece(channelNumbers.screen, Uint8Array.of(2, 0, 0), true)) socket.deliver(record);
    await host.sendControl({ type: "STOPPED", number: host.number, reason: "stop", kept: 0 });
    await host.sendControl({ type: "CONTINUED", number: host.number, permissions: 1 });
    await host.send(channelNumbers.screen, encodeScreen(layout));
    await until("the layout", () => diary.screens.length === 1);
    expect(session.state).toBe("active");
    expect(diary.screens).toEqual([layout]);
  });

  test("losing the permission to look leads back to waiting", async () => {
    const { session, diary, host } = await active();
    await host.sendControl({ type: "REVOKE", number: host.number, permissions: 1 });
    await host.sendControl({ type: "REVOKE", number: host.number, permissions: 0 });
    await until("waiting", () => session.state === "waiting-for-customer");
    expect(diary.permissions).toEqual([0b111, 1, 0]);
  });

  test("an ask waits for its turn: one open, ten seconds after an answer, twenty in a session", async () => {
    const harness = await connected();
    const { session, diary, host, clock } = harness;
    const asks = () => host.control.filter(({ type }) => type === "ASK").length;
    session.ask(0b110);
    session.ask(0b010);
    await until("the first ask", () => asks() === 1);
    for (let answered = 1; answered < 25; answered++) {
      await host.sendControl({ type: "DECLINED", number: host.number, permissions: 0b110 });
      await until("the answer", () => diary.refusals.length === answered);
      session.ask(0b110);
      await turns(10);
      expect(asks()).toBe(Math.min(answered, 20));
      for (let second = 0; second < 10; second++) {
        await heard(harness);
        await clock.advance(1_000);
      }
      await until("the next ask", () => asks() === Math.min(answered + 1, 20));
      if (asks() === 20) break;
    }
    expect(session.state).toBe("waiting-for-customer");
  });
});

describe("the end", () => {
  test.each(["technician-ended", "program-closed", "numbers-differ"] as const)("%s is said to the host before the socket closes", async (reason) => {
    const harness = await active();
    harness.session.end(reason);
    expect(harness.session.state).toBe("ended");
    expect(harness.diary.reason).toBe(reason);
    await until("the socket", () => harness.socket.closedWith !== null);
    await until("CLOSE", () => harness.host.control.length > 0);
    expect(harness.host.control.at(-1)).toEqual({ type: "CLOSE", reason });
    expect(harness.socket.closedWith).toBe(1000);
    expect(harness.clock.waiting).toBe(0);
  });

  test.each(Object.values(closeReasons))("the host's CLOSE %s becomes the reason", async (reason) => {
    const harness = await active();
    await harness.host.sendControl({ type: "CLOSE", reason });
    expect(await ended(harness)).toBe(reason);
    expect(harness.socket.closedWith).toBe(1000);
  });

  test("a failure of the viewer's own is told as such, and to the host as a program that closed", async () => {
    const cursor = (): never => {
      throw new RangeError("of our own");
    };
    const harness = await active({ events: { cursor } });
    await harness.host.send(channelNumbers.cursor, Uint8Array.of(3));
    expect(await ended(harness)).toBe("viewer-failed");
    await until("CLOSE", () => harness.host.control.length > 0);
    expect(harness.host.control.at(-1)).toEqual({ type: "CLOSE", reason: "program-closed" });
  });

  test("a CLOSE that arrived before the connection ended counts, and not the loss", async () => {
    const harness = await active();
    for (const record of await harness.host.seal(0, Uint8Array.of(2, 1))) harness.socket.deliver(record);
    harness.socket.lose(4003);
    expect(await ended(harness)).toBe("customer-ended");
  });

  test.each([
    [4000, "server-bad-message"],
    [4004, "server-too-large"],
    [4008, "server-refused"],
    [4009, "connection-lost"],
  ] as const)("close code %i without CLOSE is %s, never a person", async (code, reason) => {
    const harness = await active();
    harness.socket.lose(code);
    expect(await ended(harness)).toBe(reason);
  });

  test.each([1000, 1006, 4003, 4005, 4006])("close code %i without CLOSE is a lost connection, and no end [invariant:7]", async (code) => {
    const harness = await active();
    harness.socket.lose(code);
    await until("the loss", () => harness.session.state === "resuming");
  });

  test("no connection at all is said as such", async () => {
    const harness = await createHarness();
    harness.session.start();
    harness.socket.lose(1006);
    expect(await ended(harness)).toBe("cannot-connect");
  });

  test.each(refusalReasons)("a refusal %s is passed on", async (reason) => {
    const harness = await createHarness();
    harness.socket.onSent = () => undefined;
    harness.session.start();
    harness.socket.opened();
    harness.socket.deliver(encodeRefused({ type: "refused", reason, retryAfterSeconds: 0 }));
    expect(await ended(harness)).toBe(`refused-${reason}`);
  });

  test.each([4000, 4001, 4002, 4006, 4007, 4008])("close code %i before pairing has its own reason", async (code) => {
    const harness = await createHarness();
    harness.socket.onSent = () => undefined;
    harness.session.start();
    harness.socket.opened();
    harness.socket.lose(code);
    expect(await ended(harness)).toMatch(/^server-/);
  });

  test("ending before the handshake is done just leaves", async () => {
    const harness = await createHarness();
    harness.session.start();
    harness.session.end("technician-ended");
    expect(harness.diary.reason).toBe("technician-ended");
    expect(harness.socket.closedWith).toBe(1000);
    expect([...harness.inputs.secret]).toEqual([0, 0, 0, 0, 0, 0]);
  });
});

describe("time", () => {
  test("a keepalive after five quiet seconds, a lost connection after fifteen silent ones", async () => {
    const harness = await active();
    await harness.clock.advance(5_600);
    await until("KEEPALIVE", () => harness.host.control.some(({ type }) => type === "KEEPALIVE"));
    await harness.clock.advance(10_000);
    await until("the loss", () => harness.session.state === "resuming");
  });

  test("a host that keeps talking is not silent", async () => {
    const harness = await active();
    for (let round = 0; round < 10; round++) {
      await heard(harness);
      await harness.clock.advance(5_000);
    }
    expect(harness.session.state).toBe("active");
  });

  test.each(["JOIN", "MSG1", "MSG3"] as const)("no answer to %s for thirty seconds is a timeout", async (silentAfter) => {
    const harness = await createHarness();
    let answers = 0;
    harness.host.filter = (message) => (silentAfter === "MSG1" || ++answers > 1 ? null : message);
    if (silentAfter === "JOIN") harness.socket.onSent = () => undefined;
    harness.session.start();
    harness.socket.opened();
    const expected = { JOIN: 1, MSG1: 2, MSG3: 3 }[silentAfter];
    await until("the step", () => harness.socket.sent.length === expected);
    await harness.clock.advance(30_000);
    expect(await ended(harness)).toBe("timeout");
    expect(harness.clock.waiting).toBe(0);
  });
});

describe("the handshake's failures", () => {
  test("a wrong code burns the secret and is told as such", async () => {
    const harness = await createHarness({ join: { secret: ascii("902636") } });
    harness.session.start();
    harness.socket.opened();
    expect(await ended(harness)).toBe("wrong-code");
    expect(harness.host.failure).toMatchObject({ error: "TagMismatch", burns: true });
  });

  test("another origin, nameplate or organization makes the code wrong", async () => {
    for (const customer of [{ origin: "https://help.example.com" }, { nameplate: "418" }]) {
      const harness = await createHarness({ customer });
      harness.session.start();
      harness.socket.opened();
      expect(await ended(harness)).toBe("wrong-code");
    }
    const stranger = await createHarness({ customer: { organizationKeys: [(await createOrganization()).publicKey] } });
    stranger.session.start();
    stranger.socket.opened();
    expect(await ended(stranger)).toBe("handshake-failed");
    expect(stranger.host.failure).toMatchObject({ error: "UnknownOrganization", burns: false });
  });

  test("a host that cannot prove the code shows nothing", async () => {
    const harness = await createHarness();
    let answers = 0;
    harness.host.filter = (message) => {
      if (++answers < 2) return message;
      const changed = message.slice();
      changed[10] = (changed[10] ?? 0) ^ 1;
      return changed;
    };
    harness.session.start();
    harness.socket.opened();
    expect(await ended(harness)).toBe("other-code");
    expect(harness.diary.session).toBeNull();
    expect(harness.socket.sent.at(-1)).toEqual(Uint8Array.of(1, 15, 1, 1));
  });

  test("a certificate that is none, or of another organization, is never sent", async () => {
    const other = await createOrganization();
    for (const join of [{ certificate: new Uint8Array(20) }, { organizationKeyHash: other.keyHash }]) {
      const harness = await createHarness({ join });
      harness.session.start();
      harness.socket.opened();
      expect(await ended(harness)).toBe("handshake-failed");
      expect(harness.socket.sent.length).toBe(1);
    }
  });

  test("a browser without X25519 takes the script's, and the session is the same", async () => {
    const generateKey = vi.spyOn(crypto.subtle, "generateKey").mockRejectedValue(new DOMException("no X25519", "NotSupportedError"));
    const scalar = await generateScalar();
    const peer = await generateScalar();
    expect(generateKey).toHaveBeenCalledTimes(2);
    generateKey.mockRestore();
    const harness = await connected({ scalar, customer: { scalar: peer } });
    expect(harness.diary.session?.checkNumber).toBe(harness.host.established?.checkNumber);
  });

  test("our own message reflected to us is refused", async () => {
    const harness = await createHarness();
    harness.host.filter = () => harness.socket.sent[1] as Uint8Array;
    harness.session.start();
    harness.socket.opened();
    expect(await ended(harness)).toBe("handshake-failed");
    expect(harness.diary.detail).toBe("OutOfOrder");
  });

  test("requested rights beyond the certificate are refused by the host", async () => {
    const organization = await createOrganization(0b001);
    const harness = await createHarness({ organization });
    harness.session.start();
    harness.socket.opened();
    expect(await ended(harness)).toBe("wrong-code");
    expect(harness.host.failure).toMatchObject({ error: "RightsExceeded" });
  });
});
