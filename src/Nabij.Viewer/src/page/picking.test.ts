import { expect, test } from "vitest";
import { FakeFile } from "../../tests/files/fake-file.ts";
import { fileLimits } from "../protocol/files.ts";
import { candidatesOf, judgePick, type Candidate, type PickProblem } from "./picking.ts";

const file = (path: string, size = 1): Candidate => ({ kind: "file", file: new FakeFile(size), path: path.split("/") });

test.each<[string, Candidate, PickProblem]>([
  ["a device of Windows, as a folder", file("aux/a.txt"), "device"],
  ["a colon", file("a:b"), "character"],
  ["a dot at the end", file("folder/name."), "ending"],
  ["a direction mark", file("ph\u202egpj.exe"), "invisible"],
  ["nine levels", file("1/2/3/4/5/6/7/8/9"), "too-deep"],
  ["more than 10 GB", file("film", fileLimits.largestFile + 1), "too-large"],
  ["an empty folder", { kind: "empty-folder", path: ["folder"] }, "empty-folder"],
  ["a folder that cannot be read", { kind: "unreadable", path: ["folder"] }, "unreadable"],
])("%s is told and left out", (_, candidate, problem) => {
  const { files, leftOut } = judgePick([file("good"), candidate], 10);
  expect(files.map(({ path }) => path)).toEqual([["good"]]);
  expect(leftOut).toEqual([{ path: candidate.path.join(" / "), problem }]);
});

test("eight levels and 10 GB go", () => {
  const { files, leftOut } = judgePick([file("1/2/3/4/5/6/7/8", fileLimits.largestFile)], 10);
  expect([files.length, leftOut.length]).toEqual([1, 0]);
});

test("no more are offered than the session has offers left, and each of the others is told", () => {
  const { files, leftOut } = judgePick(Array.from({ length: 1_005 }, (_, index) => file(`f${index}`)), 1_000);
  expect([files.length, leftOut.length]).toEqual([1_000, 5]);
  expect(leftOut[0]).toEqual({ path: "f1000", problem: "too-many" });
});

test("a name as Apple writes it is offered in the form that all compare", () => {
  expect(judgePick([file("cafe\u0301")], 1).files[0]?.path).toEqual(["caf\u00e9"]);
});

test("files of a picked folder keep their place in it", () => {
  const picked = [Object.assign(new File(["x"], "b.txt"), { webkitRelativePath: "a/b.txt" }), Object.assign(new File(["x"], "c.txt"), { webkitRelativePath: "" })];
  expect(candidatesOf(picked).map(({ path }) => path)).toEqual([["a", "b.txt"], ["c.txt"]]);
});
