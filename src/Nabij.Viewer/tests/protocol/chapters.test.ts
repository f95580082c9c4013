// The tables of the prose and the constants of the code are the same, so that neither can drift.

import { expect, test } from "vitest";
import { channels, pieceBytes } from "../../src/protocol/channels.ts";
import { chatTypes } from "../../src/protocol/chat.ts";
import { clipboardOutcomes, clipboardTypes } from "../../src/protocol/clipboard.ts";
import { controlTypes } from "../../src/protocol/control.ts";
import { cursorTypes } from "../../src/protocol/cursor.ts";
import { drawingTypes } from "../../src/protocol/drawing.ts";
import { closeCodes, closeReasons, handshakeErrors, resumeErrors, stopReasons, wireErrors } from "../../src/protocol/errors.ts";
import { factKinds, factsTypes } from "../../src/protocol/facts.ts";
import { feedbackTypes } from "../../src/protocol/feedback.ts";
import { nameRefusals } from "../../src/protocol/file-names.ts";
import { fileTypes, transferReasons } from "../../src/protocol/files.ts";
import { handshakeTypes } from "../../src/protocol/handshake.ts";
import { inputTypes } from "../../src/protocol/input.ts";
import { permissions } from "../../src/protocol/permissions.ts";
import { refusalReasons } from "../../src/protocol/rendezvous.ts";
import { screenTypes } from "../../src/protocol/screen.ts";
import { invitationStates, peopleTypes, roles } from "../../src/protocol/people.ts";
import { table } from "./chapters.ts";
import { readFileSync } from "node:fs";

const column = (rows: readonly Readonly<Record<string, string>>[], name: string) => rows.map((row) => row[name] ?? "");

test("the errors, end reasons and close codes are those of chapter 09 [invariant:11]", () => {
  expect(column(table("09-errors", "## Wire errors"), "name")).toEqual([...wireErrors]);
  expect(column(table("09-errors", "## Handshake errors"), "name")).toEqual([...handshakeErrors]);
  const reasons = table("09-errors", "## End reasons (CLOSE, one byte)");
  expect(Object.fromEntries(reasons.map((row) => [row["value"], row["name"]]))).toEqual(closeReasons);
  const stops = table("09-errors", "## Stop reasons (STOPPED, one byte)");
  expect(Object.fromEntries(stops.map((row) => [row["value"], row["name"]]))).toEqual(stopReasons);
  const codes = table("09-errors", "## Close codes of the server's sockets");
  expect(Object.fromEntries(codes.map((row) => [row["code"], row["name"]]))).toEqual(closeCodes);
});

test("the resume errors are those that chapter 09 names [invariant:11]", () => {
  const text = readFileSync(new URL("../../../../docs/protocol/09-errors.md", import.meta.url), "utf8");
  const section = text.slice(text.indexOf("## Resume errors"), text.indexOf("## End reasons"));
  for (const name of resumeErrors) expect(section).toContain(name);
});

test("the channel table is that of chapter 04 [invariant:11]", () => {
  const rows = table("04-channels", "## Channels");
  const written = rows.map((row) => {
    const largest = row["largest message (bytes)"] ?? "";
    return {
      number: Number(row["number"]),
      name: row["name"],
      sender: row["sender"],
      padded: row["padded"] === "yes",
      largestMessage: Number(/^[0-9]+/.exec(largest)?.[0]),
      fragmented: !largest.includes("never fragmented"),
      priority: Number(row["priority"]),
    };
  });
  expect(written).toEqual(channels);
  expect(pieceBytes).toBe(16_384);
});

test.each([
  ["04-channels", "## Control messages", controlTypes],
  ["05-screen", "## Screen messages (channel 3, host)", screenTypes],
  ["05-screen", "## Cursor messages (channel 2, host)", cursorTypes],
  ["05-screen", "## Feedback messages (channel 4, viewer)", feedbackTypes],
  ["06-input", "## Input messages (channel 1, viewer)", inputTypes],
  ["07-chat-and-clipboard", "## Chat messages (channel 7, both)", chatTypes],
  ["07-chat-and-clipboard", "## Clipboard messages (channel 5)", clipboardTypes],
  ["08-files", "## File messages (channel 8, both)", fileTypes],
  ["11-drawing", "## Drawing messages (channel 6, viewer)", drawingTypes],
  ["12-system-information", "## Facts messages (channel 9, both)", factsTypes],
  ["13-participants", "## Participant messages (channel 10, both)", peopleTypes],
  ["02-handshake", "## Messages", handshakeTypes],
] as const)("the message types of %s %s are the code's [invariant:11]", (chapter, heading, types) => {
  const rows = table(chapter, heading);
  expect(Object.fromEntries(rows.map((row) => [row["name"], Number(row["type"])]))).toEqual(types);
});

test("the reasons and the rules of names are those of chapter 08 [invariant:11]", () => {
  const reasons = table("08-files", "## Transfer reasons");
  expect(Object.fromEntries(reasons.map((row) => [row["value"], row["name"]]))).toEqual(transferReasons);
  expect(column(table("08-files", "## Names"), "reason")).toEqual([...nameRefusals]);
});

test("the outcomes of the clipboard are those of chapter 07 [invariant:11]", () => {
  const outcomes = table("07-chat-and-clipboard", "### Outcomes");
  expect(Object.fromEntries(outcomes.map((row) => [row["value"], row["name"]]))).toEqual(clipboardOutcomes);
});

test("roles and states of invitations are those of chapter 13 [invariant:11]", () => {
  const words = (heading: string, key: string): object => Object.fromEntries(table("13-participants", heading).map((row) => [row[key], row["name"]]));
  expect(words("## Terms", "role")).toEqual(roles);
  const rows = table("13-participants", "### States of an invitation");
  expect(Object.fromEntries(rows.map((row) => [row["state"], row["name"]]))).toEqual(invitationStates);
});

test("the facts are those of chapter 12 [invariant:11]", () => {
  const rows = table("12-system-information", "## The list");
  expect(Object.fromEntries(rows.map((row) => [row["name"], Number(row["fact"])]))).toEqual(factKinds);
});

test("the permission bits are those of chapter 04 [invariant:11]", () => {
  const rows = table("04-channels", "## Permissions");
  expect(Object.fromEntries(rows.map((row) => [row["name"], 2 ** Number(row["bit"])]))).toEqual(permissions);
});

test("the refusals are those of chapter 01 [invariant:11]", () => {
  const text = readFileSync(new URL("../../../../docs/protocol/01-rendezvous.md", import.meta.url), "utf8");
  const section = text.slice(text.indexOf("### REFUSED"), text.indexOf("## Interactions"));
  const sentence = section.slice(0, section.indexOf("`retryAfterSeconds`"));
  const named = [...sentence.matchAll(/`([a-z-]+)`/g)].map((match) => match[1]).filter((name) => name !== "reason");
  expect(named).toEqual([...refusalReasons]);
});
