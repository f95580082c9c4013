// The small subset of Markdown that an organization's texts may use, read as the server reads it (PlainMarkdown.cs; the
// cases of tests/plain-markdown.json hold both to the same). Only for previews: what counts is what the server makes of it.

export interface Run {
  readonly text: string;
  readonly strong: boolean;
}

export interface Block {
  readonly kind: "heading" | "paragraph" | "item";
  /** 1 to 3 for headings, else 0. */
  readonly level: number;
  readonly runs: readonly Run[];
}

const runsOf = (text: string): Run[] =>
  text
    .split("**")
    .map((piece, index) => ({ text: piece, strong: index % 2 === 1 }))
    .filter((run) => run.text !== "");

/** What one line begins, by itself; null for a line of a paragraph. */
const blockOf = (line: string): Block | null => {
  const heading = /^(#{1,3}) (.*)$/u.exec(line);
  if (heading !== null) return { kind: "heading", level: heading[1]?.length ?? 0, runs: runsOf((heading[2] ?? "").trim()) };
  return line.startsWith("- ") ? { kind: "item", level: 0, runs: runsOf(line.slice(2).trim()) } : null;
};

export function parseBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  const flush = (): void => {
    if (paragraph.length > 0) blocks.push({ kind: "paragraph", level: 0, runs: runsOf(paragraph.join(" ")) });
    paragraph = [];
  };
  for (const whole of text.split("\n")) {
    const line = whole.trim();
    const block = blockOf(line);
    const last = blocks.at(-1);
    if (block !== null) {
      flush();
      blocks.push(block);
    } else if (line !== "" && paragraph.length === 0 && last?.kind === "item" && whole.trimStart() !== whole) {
      blocks[blocks.length - 1] = { ...last, runs: [...last.runs, ...runsOf(` ${line}`)] };
    } else if (line !== "") {
      paragraph.push(line);
    } else {
      flush();
    }
  }
  flush();
  return blocks;
}
