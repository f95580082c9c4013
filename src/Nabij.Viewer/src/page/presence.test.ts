import { expect, test } from "vitest";
import { DeskProblem } from "./desk-api.ts";
import { Presence, type SignInLeft } from "./presence.ts";

const minute = 60_000;
const idle = 30 * minute;

/** A server that keeps a sign-in for thirty minutes after the last use, and a clock that moves when a test says so. */
function stage(): { presence: Presence; told: string[]; heard: string[]; pass: (milliseconds: number) => Promise<void>; server: { seen: number; isDown: boolean } } {
  let now = 0;
  let timers: { at: number; act: () => void }[] = [];
  const told: string[] = [];
  const heard: string[] = [];
  const server = { seen: 0, isDown: false };
  const answer = async (): Promise<SignInLeft> => {
    await Promise.resolve();
    if (server.isDown) throw new DeskProblem("problem.offline");
    const left = server.seen + idle - now;
    if (left <= 0) throw new DeskProblem("problem.signedOut");
    return { seconds: Math.floor(left / 1000), isIdle: true };
  };
  const calls = {
    left: answer,
    here: async () => {
      heard.push(`here at ${now / minute}`);
      if (!server.isDown && server.seen + idle > now) server.seen = now;
      return answer();
    },
  };
  const presence = new Presence(
    calls,
    { ending: ({ seconds }) => told.push(`ending in ${seconds}`), goesOn: () => told.push("goes on"), over: () => told.push("over") },
    {
      now: () => now,
      after: (milliseconds, act) => {
        const timer = { at: now + milliseconds, act };
        timers.push(timer);
        return () => (timers = timers.filter((one) => one !== timer));
      },
    },
  );
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 20; i++) await Promise.resolve();
  };
  const pass = async (milliseconds: number): Promise<void> => {
    const end = now + milliseconds;
    await settle();
    for (let next = first(); next !== undefined && next.at <= end; next = first()) {
      now = next.at;
      timers = timers.filter((one) => one !== next);
      next.act();
      await settle();
    }
    now = end;
    await settle();
  };
  const first = (): { at: number; act: () => void } | undefined => [...timers].sort((one, other) => one.at - other.at)[0];
  return { presence, told, heard, pass, server };
}

test("a desk that nobody touches is told a minute before the end, and that it is over", async () => {
  const { presence, told, pass } = stage();
  void presence.look();
  await pass(29 * minute - 1);
  expect(told).toEqual([]);
  await pass(1);
  expect(told).toEqual(["ending in 60"]);
  await pass(2 * minute);
  expect(told).toEqual(["ending in 60", "over"]);
  expect(presence.isOver).toBe(true);
});

test("input keeps the sign-in, and is told at most once a minute", async () => {
  const { presence, told, heard, pass } = stage();
  void presence.look();
  for (let second = 0; second < 40 * 60; second += 10) {
    presence.used();
    await pass(10_000);
  }
  expect(told).toEqual([]);
  expect(heard).toHaveLength(39);
});

test("input in the last minute takes the warning away", async () => {
  const { presence, told, pass } = stage();
  void presence.look();
  await pass(29.5 * minute);
  presence.used();
  await pass(0);
  expect(told).toEqual(["ending in 60", "goes on"]);
  await pass(29 * minute);
  expect(told).toEqual(["ending in 60", "goes on", "ending in 60"]);
});

test("another page of the same sign-in keeps this one without a warning", async () => {
  const { presence, told, pass, server } = stage();
  void presence.look();
  await pass(20 * minute);
  server.seen = 20 * minute;
  await pass(28 * minute);
  expect(told).toEqual([]);
});

test("a server that cannot be reached signs nobody out", async () => {
  const { presence, told, pass, server } = stage();
  void presence.look();
  await pass(minute);
  server.isDown = true;
  await pass(60 * minute);
  expect(told).toEqual([]);
  server.isDown = false;
  await pass(minute);
  expect(told).toEqual(["over"]);
});
