// The chat of whole sessions against the simulated host (docs/protocol/07-chat-and-clipboard.md).

import { expect, test } from "vitest";
import { formLine, maximumLineCharacters } from "../../src/protocol/chat.ts";
import { permissions } from "../../src/protocol/permissions.ts";
import { maximumUndelivered } from "../../src/session/conversation.ts";
import { turns, until } from "../manual-clock.ts";
import { connected, ended, type Harness } from "./harness.ts";

const look = permissions.VIEW | permissions.CHAT;

async function chatting(granted: number = look): Promise<Harness> {
  const harness = await connected({ join: { requested: look } });
  await harness.host.grant(granted);
  await until("the grant", () => harness.session.state === "active");
  return harness;
}

test("a line of the customer's is marked as arrived at once, and as seen when it stands before the technician", async () => {
  const { session, host, diary } = await chatting();
  await host.sendChat({ type: "LINE", number: 1, text: "Hij piept" });
  await until("the mark", () => host.chat.length === 1);
  expect(diary.lines).toEqual(["Hij piept"]);
  session.showLines(1);
  session.showLines(1);
  session.showLines(9);
  await until("the other mark", () => host.chat.length === 2);
  await turns(20);
  expect(host.chat).toEqual([{ type: "DELIVERED", number: 1 }, { type: "SEEN", number: 1 }]);
});

test("the technician learns how far the own lines have come", async () => {
  const { session, host, diary } = await chatting();
  session.say("Good morning");
  session.say("Does it beep?");
  await until("the lines", () => host.chat.length === 2);
  expect(host.chat).toEqual([{ type: "LINE", number: 1, text: "Good morning" }, { type: "LINE", number: 2, text: "Does it beep?" }]);
  await host.sendChat({ type: "DELIVERED", number: 2 });
  await host.sendChat({ type: "SEEN", number: 1 });
  await host.sendChat({ type: "DELIVERED", number: 1 });
  await until("the marks", () => diary.marks.length === 3);
  expect(diary.marks).toEqual([[2, 0], [2, 1], [2, 1]]);
});

test("a line that comes twice is shown once, and one that comes too early not at all [invariant:7]", async () => {
  const { host, diary } = await chatting();
  for (const [number, text] of [[2, "second"], [1, "first"], [1, "again"], [2, "second"]] as const) await host.sendChat({ type: "LINE", number, text });
  await until("the lines", () => diary.lines.length === 2);
  expect(diary.lines).toEqual(["first", "second"]);
});

test("what is written while the customer has paused waits, and all that was lost is said again [invariant:7]", async () => {
  const { session, host, diary } = await chatting();
  session.say("lost at the gate");
  await until("the line", () => host.chat.length === 1);
  await host.sendControl({ type: "STOPPED", number: host.number, reason: "stop", kept: 0 });
  await until("Stop", () => session.state === "stopped");
  session.say("written while paused");
  await host.sendChat({ type: "LINE", number: 1, text: "De bel ging" });
  await until("the customer's line", () => diary.lines.length === 1);
  await turns(20);
  expect(host.chat.length).toBe(1);
  await host.sendControl({ type: "CONTINUED", number: host.number, permissions: look });
  await until("the rest", () => host.chat.length === 4);
  expect(host.chat.slice(1)).toEqual([
    { type: "DELIVERED", number: 1 },
    { type: "LINE", number: 1, text: "lost at the gate" },
    { type: "LINE", number: 2, text: "written while paused" },
  ]);
});

test("without the permission nothing of the chat leaves [invariant:2]", async () => {
  const { session, host, diary } = await chatting(permissions.VIEW);
  session.say("Good morning");
  await turns(20);
  expect(host.chat).toEqual([]);
  await host.grant(look);
  await until("the line", () => host.chat.length === 1);
  await host.sendControl({ type: "REVOKE", number: host.number, permissions: permissions.CHAT });
  await until("the revocation", () => diary.permissions.at(-1) === permissions.CHAT);
  session.say("Still there?");
  await until("the second line", () => host.chat.length === 2);
});

test("no more lines wait to arrive than may [invariant:4]", async () => {
  const { session, host, diary } = await chatting();
  for (let line = 1; line <= maximumUndelivered + 5; line++) session.say("x");
  await until("the lines", () => host.chat.length === maximumUndelivered);
  await host.sendChat({ type: "DELIVERED", number: maximumUndelivered });
  await until("the mark", () => diary.marks.length === 1);
  session.say("y");
  await until("another", () => host.chat.length === maximumUndelivered + 1);
});

test("marks are no flood, however many lines are answered at once [invariant:7]", async () => {
  const { session, host, diary } = await chatting();
  session.say("x");
  await until("the line", () => host.chat.length === 1);
  for (let count = 1; count <= 150; count++) await host.sendChat({ type: count % 2 === 0 ? "SEEN" : "DELIVERED", number: 1 });
  await until("the marks", () => diary.marks.length === 150);
  expect(session.state).toBe("active");
});

test("what several others say at once is no breach of the host's, and a flood of it is", async () => {
  const harness = await chatting();
  const { session, host, diary } = harness;
  for (let number = 1; number <= 1_000; number++) await host.sendChat({ type: "SAID", number, person: 2 + (number % 3), text: "x" });
  await until("what the others said", () => diary.lines.length === 1_000);
  expect(session.state).toBe("active");
  await host.sendChat({ type: "SAID", number: 1_001, person: 2, text: "one too many" });
  expect(await ended(harness)).toBe("protocol-error");
});

test("a mark of a line that was never said, and a flood of lines, end the session", async () => {
  const first = await chatting();
  await first.host.sendChat({ type: "SEEN", number: 1 });
  expect(await ended(first)).toBe("protocol-error");
  const second = await chatting();
  for (let number = 1; number <= 101; number++) await second.host.sendChat({ type: "LINE", number, text: "x" });
  expect(await ended(second)).toBe("protocol-error");
  expect(second.diary.lines.length).toBe(100);
});

test.each([
  ["Good morning", "Good morning"],
  ["  two\r\nlines\r ", "two\nlines"],
  ["e\u0301", "\u00e9"],
  ["a\u001b[1mb\u0000c\u0085d\te", "a[1mbc\nd\te"],
  ["\ufeffmark", "mark"],
  ["\ud83d lone", "\ufffd lone"],
  [" \r\n\t ", null],
  ["\u0007", null],
])("what is typed gets the form that travels: %j", (typed, formed) => expect(formLine(typed)).toBe(formed));

test("a text is cut between characters at the limit", () => {
  expect(Array.from(formLine("😀".repeat(maximumLineCharacters + 1)) ?? "").length).toBe(maximumLineCharacters);
});
