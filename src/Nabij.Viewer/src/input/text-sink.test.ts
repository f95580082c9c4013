import { describe, expect, test } from "vitest";
import { deletionOf, textOf } from "./text-sink.ts";

type Step = readonly [inputType: string, isComposing: boolean, value: string];

/** What a run of input events and the ends of compositions (as `end:`) tell together. */
function told(steps: readonly (Step | string)[]): string[] {
  return steps
    .map((step) => (typeof step === "string" ? step.slice("end:".length) : textOf({ inputType: step[0], isComposing: step[1] }, step[2])))
    .filter((text) => text !== "");
}

describe("the field that has the keyboard", () => {
  test.each<[string, (Step | string)[], string[]]>([
    ["a letter", [["insertText", false, "x"]], ["x"]],
    ["Japanese in Chromium", [["insertCompositionText", true, "k"], ["insertCompositionText", true, "か"], ["insertCompositionText", true, "火"], "end:火"], ["火"]],
    ["Japanese in Firefox", [["insertCompositionText", true, "か"], "end:か", ["insertCompositionText", false, "か"]], ["か"]],
    ["Japanese in Safari", [["insertCompositionText", true, "か"], ["deleteCompositionText", true, ""], ["insertFromComposition", true, "か"], "end:か"], ["か"]],
    ["Chinese, several characters at once", [["insertCompositionText", true, "ni hao"], ["insertCompositionText", true, "你好"], "end:你好"], ["你好"]],
    ["Korean, each syllable a composition of its own", [["insertCompositionText", true, "ㅎ"], ["insertCompositionText", true, "한"], "end:한", ["insertCompositionText", true, "그"], ["insertCompositionText", true, "글"], "end:글", ["insertText", false, " "]], ["한", "글", " "]],
    ["a composition that is given up", [["insertCompositionText", true, "か"], ["insertCompositionText", true, ""], "end:"], []],
    ["a dead key in Chromium on Linux", [["insertCompositionText", true, "´"], ["insertCompositionText", true, "é"], "end:é"], ["é"]],
    ["a dead key that the letter does not take", [["insertCompositionText", true, "´"], ["insertCompositionText", true, "´x"], "end:´x"], ["´x"]],
    ["an emoji picker", [["insertText", false, "👩‍🔧"]], ["👩‍🔧"]],
    ["a virtual keyboard's correction", [["insertReplacementText", false, "word"]], ["word"]],
    ["a virtual keyboard's Enter", [["insertLineBreak", false, "\n"]], ["\n"]],
    ["nothing", [["deleteContentBackward", false, ""]], []],
  ])("tells %s once", (_, steps, expected) => expect(told(steps)).toEqual(expected));

  test.each([
    ["deleteContentBackward", false, ["Backspace"]],
    ["deleteContentForward", false, ["Delete"]],
    ["deleteWordBackward", false, ["ControlLeft", "Backspace"]],
    ["deleteWordForward", false, ["ControlLeft", "Delete"]],
    ["deleteContentBackward", true, undefined], // inside a composition it is the browser's
    ["insertText", false, undefined],
  ])("presses for %s (composing: %j) the keys %j", (inputType, isComposing, expected) => {
    expect(deletionOf({ inputType, isComposing })?.map((key) => key.code)).toEqual(expected);
  });
});
