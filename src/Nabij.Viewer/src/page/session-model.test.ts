import { describe, expect, test } from "vitest";
import { permissions } from "../protocol/permissions.ts";
import { askable, clockTime, explanation, grantsInWords, isLookTaken, newSession, statusText, type SessionModel } from "./session-model.ts";
import { sayIn } from "./texts/texts.ts";

const say = sayIn("en");
const { VIEW, POINTER, KEYBOARD, DRAW } = permissions;
const model = (more: Partial<SessionModel>): SessionModel => ({ ...newSession, establishedAt: 1000, ...more });

describe("session in words", () => {
  test.each<[string, Partial<SessionModel>, string]>([
    ["connecting", { state: "connecting", establishedAt: null }, "Connecting"],
    ["waiting", { state: "waiting-for-customer" }, "Waiting for the customer"],
    ["active", { state: "active", granted: VIEW }, "Connected"],
    ["active without look", { state: "active", granted: 0 }, "The customer no longer shows the screen"],
    ["stopped", { state: "stopped" }, "The customer has paused the session"],
    ["a private moment", { state: "stopped", pause: "private-moment" }, "The customer takes a private moment"],
    ["nobody did anything", { state: "stopped", pause: "idle" }, "Paused: nobody did anything for 15 minutes"],
    ["no answer", { state: "stopped", pause: "unanswered" }, "Paused: the customer did not answer"],
    ["the computer is locked", { state: "stopped", pause: "locked" }, "Paused: the customer’s computer was locked"],
    ["ended by the customer", { state: "ended", reason: "customer-ended" }, "The customer ended the session."],
    ["ended before it began", { state: "ended", reason: "wrong-code", establishedAt: null }, "Ended"],
  ])("%s", (_, given, text) => expect(statusText(say, model(given))).toBe(text));

  test("a lost connection is never told as ended by a person", () => {
    const text = statusText(say, model({ state: "ended", reason: "connection-lost" }));
    expect(text).toContain("connection");
    expect(text).not.toContain("ended the session");
  });

  test("a pause is explained by what it is, and a private moment never as a stop", () => {
    const texts = (["stop", "private-moment", "idle", "unanswered", "locked"] as const).map((pause) => explanation(say, model({ state: "stopped", pause })));
    expect(new Set(texts).size).toBe(5);
    expect(statusText(say, model({ state: "stopped", pause: "private-moment" }))).not.toContain("paused");
  });

  test("a customer who reads what was asked for is not told as one who wants to be alone", () => {
    const held = model({ state: "stopped", pause: "private-moment" });
    expect(explanation(say, { ...held, awaitsText: true })).toContain("looking at the text");
    expect(explanation(say, { ...held, pause: "stop", awaitsText: true })).toBe(explanation(say, { ...held, pause: "stop" }));
  });

  test("a customer who lets the copying finish is told apart from one who has stopped everything", () => {
    const kept = model({ state: "stopped", pause: "stop", granted: permissions.FILES_TO_HOST, filesInFlight: 2 });
    expect(statusText(say, kept)).toContain("lets the copying finish");
    expect(explanation(say, kept)).toContain("go on");
    const rest = model({ state: "stopped", pause: "private-moment", granted: permissions.FILES_TO_HOST, filesInFlight: 1 });
    expect(explanation(say, rest)).toContain("meanwhile");
    expect(explanation(say, { ...rest, filesInFlight: 0 })).not.toContain("meanwhile");
  });

  test("the end says what arrived and what was cut off", () => {
    expect(explanation(say, model({ state: "ended" }))).toContain("No file was cut off");
    const text = explanation(say, model({ state: "ended", filesArrived: 3, filesInFlight: 1 }));
    expect(text).toContain("arrived: 3");
    expect(text).toContain("cut off: 1");
  });

  test("only a session that was there is explained at its end", () => {
    expect(explanation(say, model({ state: "ended" }))).not.toBe("");
    expect(explanation(say, model({ state: "ended", establishedAt: null }))).toBe("");
  });

  test.each([
    [0, "nothing yet"],
    [VIEW, "look"],
    [VIEW | POINTER, "look, mouse"],
    [VIEW | KEYBOARD, "look, keyboard"],
    [VIEW | POINTER | KEYBOARD, "look, control"],
    [VIEW | DRAW | POINTER | KEYBOARD, "look, point, control"],
    [VIEW | permissions.FILES_TO_HOST | permissions.FILES_FROM_HOST, "look, send files, get files"],
    [VIEW | permissions.CLIPBOARD_TO_HOST | permissions.CLIPBOARD_FROM_HOST, "look, put text on the clipboard, get copied text"],
  ])("permissions %i are: %s", (granted, words) => expect(grantsInWords(say, granted)).toBe(words));
});

describe("what to ask for", () => {
  const ceiling = VIEW | POINTER | KEYBOARD;
  test.each<[string, Partial<SessionModel>, number]>([
    ["nothing before the customer's yes", { state: "waiting-for-customer", ceiling }, 0],
    ["to look, when that was taken away", { state: "active", ceiling, granted: 0 }, VIEW],
    ["to control, while looking", { state: "active", ceiling, granted: VIEW }, POINTER | KEYBOARD],
    ["the rest of control", { state: "active", ceiling, granted: VIEW | POINTER }, KEYBOARD],
    ["nothing with everything", { state: "active", ceiling, granted: ceiling }, 0],
    ["nothing above the ceiling", { state: "active", ceiling: VIEW, granted: VIEW }, 0],
    ["nothing while stopped", { state: "stopped", ceiling, granted: 0 }, 0],
    ["nothing at the end", { state: "ended", ceiling, granted: 0 }, 0],
  ])("%s", (_, given, expected) => expect(askable(model(given))).toBe(expected));

  test("the look is taken only from an active session", () => {
    expect(isLookTaken(model({ state: "active", granted: 0 }))).toBe(true);
    expect(isLookTaken(model({ state: "stopped", granted: 0 }))).toBe(false);
    expect(isLookTaken(model({ state: "active", granted: VIEW }))).toBe(false);
  });
});

test.each([
  [0, "0:00"], [-5, "0:00"], [65_000, "1:05"], [3_600_000, "1:00:00"], [3_723_999, "1:02:03"],
])("%i ms are %s on a clock", (milliseconds, text) => expect(clockTime(milliseconds)).toBe(text));
