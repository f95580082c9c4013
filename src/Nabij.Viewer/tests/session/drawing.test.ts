// Pointing and drawing in whole sessions against the simulated host (docs/protocol/11-drawing.md).

import { expect, test } from "vitest";
import { permissions } from "../../src/protocol/permissions.ts";
import type { DrawingMessage } from "../../src/protocol/drawing.ts";
import { OutgoingQueue } from "../../src/session/outgoing-queue.ts";
import { channelNumbers } from "../../src/protocol/channels.ts";
import { decodeDrawing } from "../../src/protocol/drawing.ts";
import { turns, until } from "../manual-clock.ts";
import { connected, type Harness } from "./harness.ts";

const point = permissions.VIEW | permissions.DRAW;
const mark: readonly DrawingMessage[] = [
  { type: "BEGIN", shape: "arrow", kept: false, x: 1, y: 2 },
  { type: "POINTS", points: [{ x: 3, y: 4 }] },
  { type: "DONE" },
];

async function pointing(granted: number): Promise<Harness> {
  const harness = await connected({ join: { requested: point | permissions.POINTER } });
  await harness.host.grant(granted);
  await until("the grant", () => harness.session.state === "active");
  return harness;
}

test("what is drawn arrives in order, without control of the pointer", async () => {
  const { session, host } = await pointing(point);
  session.draw(mark);
  session.draw([{ type: "SPOT", x: 5, y: 6 }]);
  await until("the messages", () => host.drawing.length === 4);
  expect(host.drawing.filter(({ type }) => type !== "SPOT")).toEqual(mark);
});

test("without the permission, and while something holds the session, nothing of it leaves [invariant:2]", async () => {
  const { session, host, diary } = await pointing(permissions.VIEW | permissions.POINTER);
  session.draw(mark);
  await turns(20);
  await host.grant(point);
  await until("the permission", () => ((diary.permissions.at(-1) ?? 0) & permissions.DRAW) !== 0);
  session.draw([{ type: "SPOT", x: 5, y: 6 }]);
  await until("the spot", () => host.drawing.length === 1);
  await host.sendControl({ type: "STOPPED", number: host.number, reason: "private-moment", kept: 0xe0 });
  await until("the hold", () => session.state === "stopped");
  session.draw(mark);
  await turns(20);
  expect(host.drawing).toEqual([{ type: "SPOT", x: 5, y: 6 }]);
});

function drain(queue: OutgoingQueue): string[] {
  const types: string[] = [];
  for (let fragment = queue.next(); fragment !== null; fragment = queue.next()) {
    types.push(fragment.channel === channelNumbers.drawing ? decodeDrawing(fragment.payload).type : "input");
  }
  return types;
}

test("of spots only the newest waits, and drawing takes turns with input", () => {
  const queue = new OutgoingQueue();
  queue.pushDrawing([{ type: "SPOT", x: 1, y: 1 }, ...mark, { type: "SPOT", x: 2, y: 2 }]);
  for (let i = 0; i < 65; i++) queue.pushInput([{ type: "HELD" }]);
  expect(drain(queue)).toEqual(["input", "SPOT", "input", "BEGIN", "POINTS", "DONE"]);
});

test("a mark that finds no room is left out as a whole, and clearing makes room [invariant:4]", () => {
  const queue = new OutgoingQueue();
  for (let i = 0; i < 86; i++) queue.pushDrawing(mark);
  const types = drain(queue);
  expect(types.length).toBe(256);
  for (let i = 0; i < 90; i++) queue.pushDrawing(mark);
  queue.pushDrawing([{ type: "CLEAR" }, ...mark]);
  expect(drain(queue)).toEqual(["CLEAR", "BEGIN", "POINTS", "DONE"]);
});
