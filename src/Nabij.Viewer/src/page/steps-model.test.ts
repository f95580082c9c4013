import { expect, test } from "vitest";
import { steps, StepsModel, type Memory } from "./steps-model.ts";

function memory(): Memory {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}

test("somebody new sees every step in order and is done after the last", () => {
  const model = new StepsModel(memory(), "a");
  const seen = [];
  while (model.isShown) {
    seen.push(model.step);
    model.next();
  }
  expect(seen).toEqual([...steps]);
});

test("what is put away stays away in this browser, for this account only", () => {
  const browser = memory();
  new StepsModel(browser, "a").putAway();
  expect(new StepsModel(browser, "a").isShown).toBe(false);
  expect(new StepsModel(browser, "b").isShown).toBe(true);
});

test("brought back, they begin at the beginning", () => {
  const model = new StepsModel(memory(), "a");
  model.next();
  model.putAway();
  model.bringBack();
  expect([model.isShown, model.number, model.isFirst]).toEqual([true, 1, true]);
});

test("back goes no further than the first", () => {
  const model = new StepsModel(null, "a");
  model.next();
  model.back();
  model.back();
  expect(model.number).toBe(1);
});

test("a browser that keeps nothing shows them and lets them be put away", () => {
  const forbidden: Memory = {
    getItem: () => { throw new Error("forbidden"); },
    setItem: () => { throw new Error("forbidden"); },
  };
  const model = new StepsModel(forbidden, "a");
  expect(model.isShown).toBe(true);
  model.putAway();
  expect(model.isShown).toBe(false);
});
