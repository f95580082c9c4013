import { expect, test } from "vitest";
import { PictureEditing } from "./editing.ts";

test("a rectangle is the same from whichever corner it begins, and ends at the picture's edge", () => {
  const editing = new PictureEditing(100, 50);
  editing.begin({ x: 90.4, y: 40 });
  expect(editing.draft({ x: 120, y: 60 })).toEqual({ x: 90, y: 40, width: 10, height: 10 });
  expect(editing.end({ x: 20, y: -5 })).toBe(true);
  expect(editing.blackOuts).toEqual([{ x: 20, y: 0, width: 70, height: 40 }]);
  expect(editing.isWhole).toBe(true);
});

test("a slip of the hand marks nothing", () => {
  const editing = new PictureEditing(100, 50);
  editing.begin({ x: 10, y: 10 });
  expect(editing.end({ x: 11, y: 40 })).toBe(false);
  expect([editing.blackOuts.length, editing.corner, editing.mayUndo]).toEqual([0, null, false]);
  expect(editing.end({ x: 60, y: 40 })).toBe(false);
});

test("a part is chosen, all of it taken again, and each step taken back", () => {
  const editing = new PictureEditing(100, 50);
  editing.begin({ x: 0, y: 0 });
  editing.end({ x: 10, y: 10 });
  editing.tool = "part";
  editing.begin({ x: 5, y: 5 });
  editing.end({ x: 45, y: 45 });
  expect(editing.part).toEqual({ x: 5, y: 5, width: 40, height: 40 });
  editing.keepWhole();
  expect([editing.isWhole, editing.blackOuts.length]).toEqual([true, 1]);
  editing.undo();
  expect(editing.part.width).toBe(40);
  editing.undo();
  editing.undo();
  expect([editing.isWhole, editing.blackOuts.length, editing.mayUndo]).toEqual([true, 0, false]);
});
