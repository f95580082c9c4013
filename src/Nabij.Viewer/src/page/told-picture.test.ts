import { expect, test } from "vitest";
import type { Bytes } from "../pictures/envelope.ts";
import { DeskProblem } from "./desk-api.ts";
import { ToldPicture } from "./told-picture.ts";

/** A customer's program that answers when the test says so, and a server that takes what it gets. */
function setUp() {
  const told: Bytes[] = [];
  const handed: Bytes[] = [];
  const over = new AbortController();
  const picture = new ToldPicture((number) => told.push(number), over.signal);
  const hand = async (number: Bytes): Promise<void> => {
    handed.push(number);
    await Promise.resolve();
  };
  return { told, handed, over, picture, hand, last: (): Bytes => told.at(-1) ?? new Uint8Array() };
}

test("nothing is handed on before the customer is told, and then under the number that was told", async () => {
  const { told, handed, picture, hand, last } = setUp();
  const keeping = picture.keep(hand);
  await Promise.resolve();
  expect([told.length, handed.length]).toEqual([1, 0]);
  picture.told(new Uint8Array(16), true);
  await Promise.resolve();
  expect(handed.length).toBe(0);
  picture.told(last().slice(), true);
  expect(await keeping).toBe(true);
  expect(handed).toEqual(told);
  expect(last().length).toBe(16);
});

test("what cannot be told is not handed on, and the next try tells it under the same number", async () => {
  const { told, handed, picture, hand, last } = setUp();
  const first = picture.keep(hand);
  picture.told(last(), false);
  expect(await first).toBe(false);
  expect(handed).toEqual([]);
  const second = picture.keep(hand);
  expect(told[1]).toEqual(told[0]);
  picture.told(last(), true);
  expect(await second).toBe(true);
});

test("a new try after a refusal of the server tells nobody again", async () => {
  const { told, handed, picture, hand, last } = setUp();
  const first = picture.keep(() => Promise.reject(new DeskProblem("keep.otherKey")));
  picture.told(last(), true);
  await expect(first).rejects.toThrow(DeskProblem);
  expect(await picture.keep(hand)).toBe(true);
  expect(told.length).toBe(1);
  expect(handed).toEqual(told);
});

test("when an earlier try has arrived after all, the next is another picture that is told anew", async () => {
  const { told, handed, picture, hand, last } = setUp();
  const first = picture.keep(() => Promise.reject(new DeskProblem("keep.taken")));
  picture.told(last(), true);
  await expect(first).rejects.toThrow(DeskProblem);
  const second = picture.keep(hand);
  expect(told.length).toBe(2);
  expect(told[1]).not.toEqual(told[0]);
  picture.told(last(), true);
  expect(await second).toBe(true);
  expect(handed).toEqual([told[1]]);
});

test("whoever cancels while the customer is being told hands nothing on, nor does a late answer", async () => {
  const { handed, picture, hand, last } = setUp();
  const keeping = picture.keep(hand);
  const number = last();
  picture.renew();
  picture.told(number, true);
  expect(await keeping).toBe(false);
  expect(handed).toEqual([]);
});

test("an answer and a cancel in the same moment: the cancel counts", async () => {
  const { handed, picture, hand, last } = setUp();
  const keeping = picture.keep(hand);
  picture.told(last(), true);
  picture.renew();
  expect(await keeping).toBe(false);
  expect(handed).toEqual([]);
});

test("with the end of the session nobody can be told, now or later", async () => {
  const { told, handed, over, picture, hand } = setUp();
  const keeping = picture.keep(hand);
  over.abort();
  expect(await keeping).toBe(false);
  expect(await picture.keep(hand)).toBe(false);
  expect([told.length, handed.length]).toEqual([1, 0]);
});
