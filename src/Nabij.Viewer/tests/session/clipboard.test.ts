// Copied text of whole sessions against the simulated host (docs/protocol/07-chat-and-clipboard.md).

import { expect, test } from "vitest";
import { clipboardLimits, type ClipboardMessage } from "../../src/protocol/clipboard.ts";
import { permissions } from "../../src/protocol/permissions.ts";
import { concatenate } from "../../src/protocol/wire.ts";
import { turns, until } from "../manual-clock.ts";
import { connected, ended, type Harness } from "./harness.ts";

const { VIEW, CLIPBOARD_TO_HOST, CLIPBOARD_FROM_HOST } = permissions;
const all = VIEW | CLIPBOARD_TO_HOST | CLIPBOARD_FROM_HOST;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const whole = (number: number, text: string, request = 0): ClipboardMessage => ({ type: "TEXT", number, request, length: bytes(text).length, content: bytes(text) });

async function copying(granted: number = all): Promise<Harness> {
  const harness = await connected({ join: { requested: all } });
  await harness.host.grant(granted);
  await until("the grant", () => harness.session.state === "active");
  return harness;
}

test("a text is sent in form, once, and the technician learns what came of it", async () => {
  const { session, host, diary } = await copying();
  session.placeText("a\r\nb\u0007");
  await until("the text", () => host.clipboard.length === 1);
  expect(host.clipboard[0]).toEqual(whole(1, "a\nb"));
  session.placeText("another");
  expect(diary.copied).toEqual(["placed: too-often"]);
  await host.sendClipboard({ type: "TAKEN", number: 1, length: 3 });
  await host.sendClipboard({ type: "ANSWER", number: 1, outcome: "placed" });
  await until("the answer", () => diary.copied.length === 2);
  expect(diary.copied[1]).toBe("placed: placed");
  await turns(20);
  expect(host.clipboard.length).toBe(1);
});

test("what is empty, too long or not allowed is told and not sent", async () => {
  const { session, host, diary } = await copying(VIEW);
  session.placeText("\u0000\ufeff");
  session.placeText("x".repeat(clipboardLimits.largestText + 1));
  session.placeText("text");
  session.requestText();
  expect(diary.copied).toEqual(["placed: empty", "placed: too-large", "placed: not-now", "refused: not-now"]);
  await turns(20);
  expect(host.clipboard).toEqual([]);
});

test("the longest text goes in pieces of which two are under way [invariant:4]", async () => {
  const { session, host, diary } = await copying();
  const text = "€".repeat(Math.floor(clipboardLimits.largestText / 3)) + "x";
  session.placeText(text);
  let taken = 0;
  while (taken < clipboardLimits.largestText) {
    const due = Math.min(taken + 2 * clipboardLimits.largestContent, clipboardLimits.largestText);
    await until("the pieces", () => sent(host.clipboard).length >= due);
    await turns(5);
    expect(sent(host.clipboard).length).toBe(due);
    taken = Math.min(taken + clipboardLimits.largestContent, clipboardLimits.largestText);
    await host.sendClipboard({ type: "TAKEN", number: 1, length: taken });
  }
  await host.sendClipboard({ type: "ANSWER", number: 1, outcome: "placed" });
  await until("the answer", () => diary.copied.length === 1);
  expect(new TextDecoder().decode(sent(host.clipboard))).toBe(text);
});

test("a text that is not whole when the permission goes is given up, and the next one goes", async () => {
  const { session, host, diary } = await copying();
  session.placeText("x".repeat(5 * clipboardLimits.largestContent));
  await until("two pieces", () => host.clipboard.length === 2);
  await host.sendControl({ type: "STOPPED", number: host.number, reason: "private-moment", kept: 0 });
  await until("the hold", () => session.state === "stopped");
  expect(diary.copied).toEqual(["placed: not-now"]);
  await host.sendClipboard({ type: "ANSWER", number: 1, outcome: "not-now" });
  await host.sendControl({ type: "CONTINUED", number: host.number, permissions: all });
  await until("going on", () => session.state === "active");
  session.placeText("whole");
  await until("the next text", () => host.clipboard.length === 3);
  expect(host.clipboard[2]).toEqual(whole(2, "whole"));
  expect(diary.copied.length).toBe(1);
});

test("a text that was placed all the same, while the permission went, is told as placed", async () => {
  const { session, host, diary } = await copying();
  session.placeText("text");
  await until("the text", () => host.clipboard.length === 1);
  await host.sendControl({ type: "REVOKE", number: host.number, permissions: VIEW });
  await until("the loss of it", () => diary.copied.length === 1);
  await host.sendClipboard({ type: "ANSWER", number: 1, outcome: "placed" });
  await until("the answer", () => diary.copied.length === 2);
  expect(diary.copied).toEqual(["placed: not-now", "placed: placed"]);
});

test("the customer's text comes in pieces after a question that hides the screen", async () => {
  const { session, host, diary } = await copying();
  session.requestText();
  session.requestText();
  expect(diary.copied).toEqual(["refused: too-often"]);
  await until("the request", () => host.clipboard.length === 1);
  await host.sendControl({ type: "STOPPED", number: host.number, reason: "private-moment", kept: 0 });
  await until("the question", () => session.state === "stopped");
  await host.sendControl({ type: "CONTINUED", number: host.number, permissions: all });
  await host.sendClipboard({ type: "TEXT", number: 1, request: 1, length: 6, content: bytes("a€").subarray(0, 2) });
  await host.sendClipboard({ type: "MORE", number: 1, content: bytes("€bc").subarray(1) });
  await until("the text", () => diary.copied.length === 2);
  expect(diary.copied[1]).toBe("asked: a€bc");
  await until("the marks", () => host.clipboard.length === 3);
  expect(host.clipboard.slice(1)).toEqual([{ type: "TAKEN", number: 1, length: 2 }, { type: "TAKEN", number: 1, length: 6 }]);
});

test("what the customer sends by own act comes as well, and each refusal is told once", async () => {
  const { session, host, diary } = await copying();
  await host.sendClipboard(whole(1, "own"));
  await until("the text", () => diary.copied.length === 1);
  expect(diary.copied).toEqual(["given: own"]);
  session.requestText();
  await host.sendClipboard({ type: "ANSWER", number: 1, outcome: "declined" });
  await host.sendClipboard({ type: "ANSWER", number: 1, outcome: "empty" });
  await host.sendClipboard(whole(2, "late", 1));
  await until("the refusal", () => diary.copied.length === 2);
  await turns(20);
  expect(diary.copied).toEqual(["given: own", "refused: declined"]);
});

test("a lost connection ends what is under way, and nobody knows what came of it [invariant:7]", async () => {
  const { session, socket, diary } = await copying();
  session.placeText("text");
  session.requestText();
  socket.lose(4003);
  await until("the loss", () => session.state === "resuming");
  expect(diary.copied).toEqual(["refused: lost", "placed: lost"]);
});

test.each([
  ["more than was announced", [{ type: "TEXT", number: 1, request: 0, length: 3, content: bytes("ab") }, { type: "MORE", number: 1, content: bytes("cd") }], "InvalidValue"],
  ["a number that came before", [whole(2, "a"), whole(2, "b")], "InvalidValue"],
  ["a text that is not in form", [whole(1, "\u001b[2J")], "InvalidText"],
  ["an answer to what was never sent", [{ type: "ANSWER", number: 1, outcome: "placed" }], "InvalidValue"],
] as const)("%s ends the session", async (_name, messages, detail) => {
  const harness = await copying();
  for (const message of messages) await harness.host.sendClipboard(message);
  expect([await ended(harness), harness.diary.detail]).toEqual(["protocol-error", detail]);
});

test("a flood of messages ends the session [invariant:4]", async () => {
  const harness = await copying();
  for (let message = 0; message <= 400; message++) await harness.host.sendClipboard({ type: "TAKEN", number: 1, length: 1 });
  expect(await ended(harness)).toBe("protocol-error");
});

function sent(messages: readonly ClipboardMessage[]): Uint8Array {
  return concatenate(...messages.flatMap((message) => ("content" in message ? [message.content] : [])));
}
