import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseBlocks } from "./plain-markdown.ts";

interface Case {
  readonly text: string;
  readonly blocks: readonly string[];
}

const cases = JSON.parse(readFileSync(new URL("../../../../tests/plain-markdown.json", import.meta.url), "utf8")) as readonly Case[];

describe("the subset of Markdown", () => {
  test.each(cases)("is read as the server reads it: $text", ({ text, blocks }) => {
    const read = parseBlocks(text).map(
      (block) => `${block.kind}${block.level}:${block.runs.map((run) => (run.strong ? `*${run.text}*` : run.text)).join("|")}`,
    );
    expect(read).toEqual(blocks);
  });
});
