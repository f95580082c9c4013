import { beforeEach, expect, test } from "vitest";
import { ManualClock } from "../../tests/manual-clock.ts";
import { fillTemplate, NoteKeeper, type NoteState, type SaveAnswer } from "./note-keeper.ts";

let saved: [text: string, revision: number][];
let answer: SaveAnswer | null;
let answers: ((answer: SaveAnswer) => void)[];
let timers: { readonly milliseconds: number; readonly action: () => void }[];
let states: NoteState[];

beforeEach(() => {
  saved = [];
  answers = [];
  timers = [];
  states = [];
  answer = null;
});

const keeper = (): NoteKeeper =>
  new NoteKeeper({
    save: (text, revision) => {
      saved.push([text, revision]);
      return answer === null ? new Promise((resolve) => answers.push(resolve)) : Promise.resolve(answer);
    },
    changed: (state) => states.push(state),
    now: () => 0,
    later: (milliseconds, action) => {
      const timer = { milliseconds, action };
      timers.push(timer);
      return () => void (timers = timers.filter((each) => each !== timer));
    },
  });

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
};

test("a note is saved a second after the last key, once", async () => {
  const note = keeper();
  note.open("", 0);
  note.type("a");
  note.type("ab");
  expect([saved, timers.map(({ milliseconds }) => milliseconds)]).toEqual([[], [1_000]]);
  timers[0]?.action();
  answers[0]?.({ kept: true, revision: 1 });
  await settled();
  expect([saved, states.at(-1), note.isUnsaved]).toEqual([[["ab", 0]], "kept", false]);
});

test("a note is saved every ten seconds while somebody types steadily", async () => {
  const clock = new ManualClock();
  const note = new NoteKeeper({
    save: (text, revision) => {
      saved.push([text, revision]);
      return Promise.resolve({ kept: true, revision: revision + 1 });
    },
    changed: () => undefined,
    later: clock.after,
    now: clock.now,
  });
  note.open("", 0);
  for (let key = 1; key <= 60; key++) {
    note.type("x".repeat(key));
    await clock.advance(500);
  }
  expect(saved.map(([text]) => text.length)).toEqual([20, 40, 60]);
  await clock.advance(1_000);
  expect(note.isUnsaved).toBe(false);
});

test("what is typed while a save is on its way goes with the next", async () => {
  const note = keeper();
  note.open("", 0);
  note.type("a");
  note.flush();
  note.type("ab");
  note.flush();
  expect(saved).toEqual([["a", 0]]);
  answers[0]?.({ kept: true, revision: 1 });
  await settled();
  timers.at(-1)?.action();
  expect(saved).toEqual([["a", 0], ["ab", 1]]);
});

test("what was typed before the session had a number is saved when it has", async () => {
  const note = keeper();
  note.type("early");
  note.flush();
  expect(saved).toEqual([]);
  expect(note.open("kept before", 3)).toBe("kept before\nearly");
  expect(saved).toEqual([["kept before\nearly", 3]]);
});

test("a save that fails is tried again", async () => {
  answer = { kept: false, why: "failed" };
  const note = keeper();
  note.open("", 0);
  note.type("a");
  note.flush();
  await settled();
  expect([states.at(-1), timers.map(({ milliseconds }) => milliseconds)]).toEqual(["failed", [5_000]]);
  answer = { kept: true, revision: 1 };
  timers[0]?.action();
  await settled();
  expect(states.at(-1)).toBe("kept");
});

test("another window's text is never overwritten unasked", async () => {
  answer = { kept: false, why: "changed" };
  const note = keeper();
  note.open("", 0);
  note.type("mine");
  note.flush();
  await settled();
  note.type("mine too");
  note.flush();
  expect([note.state, saved.length]).toEqual(["changed", 1]);
  answer = { kept: true, revision: 8 };
  note.insist(7);
  await settled();
  expect([saved.at(-1), note.state]).toEqual([["mine too", 7], "kept"]);
  note.take("theirs", 9);
  expect([note.text, note.isUnsaved]).toEqual(["theirs", false]);
});

test("a template's places are filled in once, and unknown ones stay", () => {
  const values = { customer: "{date} Anna", computer: "PC", technician: "Peter", date: "22-11", time: "10:00", worked: "0:05" };
  expect(fillTemplate("{customer} at {computer} {worked} {other}", values)).toBe("{date} Anna at PC 0:05 {other}");
});
