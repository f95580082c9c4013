import { expect, test } from "vitest";
import { parseCallbacks } from "./callback-list.ts";

const anna = {
  id: "11111111-1111-1111-1111-111111111111", name: "Anna", phone: "020", email: "", problem: "<b>mail</b>", language: "nl", checkNumber: "0042", state: "open", handledBy: "", mine: false, waitingSeconds: 61,
};

test("a list is read as it came", () => {
  expect(parseCallbacks({ callbacks: [anna] })?.[0]).toMatchObject({ name: "Anna", problem: "<b>mail</b>", checkNumber: "0042", state: "open", waitingSeconds: 61, mine: false });
  expect(parseCallbacks({ callbacks: [] })).toEqual([]);
});

test.each([null, undefined, 7, {}, { callbacks: {} }, { callbacks: [null] }, { callbacks: [{ ...anna, state: "done" }] }, { callbacks: [{ ...anna, id: "../x" }] }, { callbacks: [{ ...anna, name: 7 }] }, { callbacks: [{ ...anna, mine: 1 }] }])(
  "%j is no list",
  (answer) => {
    expect(parseCallbacks(answer)).toBeNull();
  },
);
