// A host or a server that breaks the rules, after the handshake: each time the session ends with one clear reason, nothing
// of the bad message is handed out, and no callback comes afterwards.

import { describe, expect, test } from "vitest";
import { encodeControl, type ControlMessage } from "../../src/protocol/control.ts";
import { channelNumbers } from "../../src/protocol/channels.ts";
import type { InputMessage } from "../../src/protocol/input.ts";
import { until } from "../manual-clock.ts";
import { active, ended, type Harness } from "./harness.ts";

const grant = (number: number, permissions = 1): ControlMessage => ({ type: "GRANT", number, permissions });

const protocolErrors: readonly (readonly [string, (harness: Harness) => Promise<void>])[] = [
  ["an unknown control type", ({ host }) => host.send(0, Uint8Array.of(0x77))],
  ["an empty control message", ({ host }) => host.send(0, new Uint8Array(0))],
  ["trailing bytes", ({ host }) => host.send(0, Uint8Array.of(0x16, 0))],
  ["a control message of our own side", ({ host }) => host.sendControl({ type: "ASK", permissions: 1 })],
  ["RESUMED without a resume", ({ host }) => host.sendControl({ type: "RESUMED" })],
  ["a number that jumps", ({ host }) => host.sendControl(grant(3))],
  ["a number that repeats", ({ host }) => host.sendControl(grant(1))],
  ["more than the ceiling", ({ host }) => host.sendControl(grant(2, 0b1000))],
  ["a reserved permission", ({ host }) => host.send(0, Uint8Array.of(0x11, 0, 0, 0, 2, 0, 0, 0x10, 0))],
  ["an unknown close reason", ({ host }) => host.send(0, Uint8Array.of(2, 99))],
  ["an unknown screen message", ({ host }) => host.send(channelNumbers.screen, Uint8Array.of(9))],
  ["a cut screen message", ({ host }) => host.send(channelNumbers.screen, Uint8Array.of(1, 0, 0))],
  ["a cursor of no size", ({ host }) => host.send(channelNumbers.cursor, new Uint8Array(9).fill(0, 1).fill(1, 0, 1))],
  ["a text message", ({ socket }) => Promise.resolve(socket.deliver("hello"))],
];

describe("messages against the rules", () => {
  test.each(protocolErrors)("%s ends the session, and the host hears the class only", async (_what, misbehave) => {
    const harness = await active();
    const calls = harness.diary.screens.length + harness.diary.cursors.length;
    await misbehave(harness);
    expect(await ended(harness)).toBe("protocol-error");
    await until("CLOSE", () => harness.host.control.length > 0);
    expect(harness.host.control).toEqual([{ type: "CLOSE", reason: "protocol-error" }]);
    expect(harness.diary.screens.length + harness.diary.cursors.length).toBe(calls);
    expect(harness.diary.states.filter((state) => state === "ended")).toEqual(["ended"]);
  });

  test("more than 32 control records in a second end the session [invariant:4]", async () => {
    const harness = await active();
    for (let index = 0; index < 33; index++) await harness.host.sendControl({ type: "KEEPALIVE" });
    expect(await ended(harness)).toBe("protocol-error");
  });
});

const record = async ({ host }: Harness) => (await host.seal(0, encodeControl({ type: "KEEPALIVE" })))[0] ?? new Uint8Array();

function flip(bytes: Uint8Array, at: number): Uint8Array {
  const changed = bytes.slice();
  changed[at] = (changed[at] ?? 0) ^ 0x40;
  return changed;
}

const refusedRecords: readonly (readonly [string, (harness: Harness) => Promise<readonly Uint8Array[]>])[] = [
  ["a replayed record", async (harness) => [await record(harness)].flatMap((one) => [one, one])],
  ["a lost record", async (harness) => [await record(harness), await record(harness)].slice(1)],
  ["records out of order", async (harness) => [await record(harness), await record(harness)].reverse()],
  ["a flipped bit in the header", async (harness) => [flip(await record(harness), 1)]],
  ["a flipped bit in the reserved bytes", async (harness) => [flip(await record(harness), 3)]],
  ["a flipped bit in the body", async (harness) => [flip(await record(harness), 20)]],
  ["a flipped bit in the tag", async (harness) => [flip(await record(harness), 87)]],
  ["a cut record", async (harness) => [(await record(harness)).slice(0, -1)]],
  ["a record with one byte more", async (harness) => [Uint8Array.of(...(await record(harness)), 0)]],
  ["an empty message", () => Promise.resolve([new Uint8Array(0)])],
  ["our own record reflected", ({ socket }) => Promise.resolve([socket.sent.at(-1) as Uint8Array])],
  ["a channel of our own", ({ host }) => host.seal(channelNumbers.input, Uint8Array.of(7))],
];

describe("records that are refused", () => {
  test.each(refusedRecords)("%s ends the session without a word", async (_what, make) => {
    const harness = await active();
    const sent = harness.socket.sent.length;
    for (const bad of await make(harness)) harness.socket.deliver(bad);
    expect(await ended(harness)).toBe("record-refused");
    expect(harness.socket.sent.length).toBe(sent);
    expect(harness.socket.closedWith).toBe(1000);
  });

  test("more than may wait unopened ends the session [invariant:4]", async () => {
    const harness = await active();
    for (let index = 0; index < 600; index++) harness.socket.deliver(new Uint8Array(65_560));
    expect(harness.session.state).toBe("ended");
    expect(harness.diary.reason).toBe("stalled");
  });
});

describe("a line that takes nothing", () => {
  const key = (code: string): InputMessage => ({ type: "KEY", down: true, repeat: false, code, key: "", modifiers: 0, locks: 0 });
  const move = (x: number): InputMessage => ({ type: "POINTER_MOVE", x, y: 0 });

  test("old pointer moves go first, then the session ends; nothing grows without bound [invariant:4]", async () => {
    const harness = await active();
    harness.socket.buffered = 1_000_000;
    for (let index = 0; index < 128; index++) harness.session.sendInput([move(index), key("KeyA")]);
    for (let index = 0; index < 100; index++) harness.session.sendInput([move(index), key("KeyB")]);
    expect(harness.session.state).toBe("active");
    for (let index = 0; index < 100; index++) harness.session.sendInput([key("KeyC")]);
    expect(harness.session.state).toBe("ended");
    expect(harness.diary.reason).toBe("stalled");
  });

  test("what waits goes out together once the line takes it again", async () => {
    const harness = await active();
    harness.socket.buffered = 1_000_000;
    for (let index = 0; index < 100; index++) harness.session.sendInput([move(index)]);
    harness.session.sendInput([key("KeyA")]);
    harness.socket.buffered = 0;
    await harness.clock.advance(10);
    await until("input", () => harness.host.input.length === 2);
    expect(harness.host.inputBatches).toEqual([[move(99), key("KeyA")]]);
  });
});
