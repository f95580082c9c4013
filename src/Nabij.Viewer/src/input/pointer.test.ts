import { expect, test } from "vitest";
import { changedButtons } from "./pointer.ts";

test.each([
  ["left down", 0, 1, [{ button: 0, down: true }]],
  ["right down", 0, 2, [{ button: 2, down: true }]],
  ["middle down", 0, 4, [{ button: 1, down: true }]],
  ["back and forward", 0, 24, [{ button: 3, down: true }, { button: 4, down: true }]],
  ["right down while left is held, which browsers tell as a move", 1, 3, [{ button: 2, down: true }]],
  ["left up, right held", 3, 2, [{ button: 0, down: false }]],
  ["nothing", 5, 5, []],
  ["an eraser, which the protocol does not know", 0, 32, []],
])("tells %s", (_, before, after, changes) => expect(changedButtons(before, after)).toEqual(changes));
