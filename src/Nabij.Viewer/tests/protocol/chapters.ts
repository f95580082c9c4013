// The tables of docs/protocol, as text.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../../../docs/protocol/", import.meta.url));

export type Row = Readonly<Record<string, string>>;

/** The rows of the first table below a heading, or below the start of the chapter. */
export function table(chapter: string, heading: string): readonly Row[] {
  const text = readFileSync(`${folder}${chapter}.md`, "utf8");
  const start = text.indexOf(`\n${heading}\n`);
  if (start < 0) throw new RangeError(`no heading ${heading} in ${chapter}`);
  const lines = text.slice(start + 1).split("\n").slice(1);
  const first = lines.findIndex((line) => line.startsWith("|"));
  const rows = lines.slice(first);
  const end = rows.findIndex((line) => !line.startsWith("|"));
  const [names, , ...body] = rows.slice(0, end < 0 ? rows.length : end).map(cells);
  return body.map((row) => Object.fromEntries((names ?? []).map((name, index) => [name, row[index] ?? ""])));
}

function cells(line: string): string[] {
  return line
    .slice(1, -1)
    .split("|")
    .map((cell) => cell.trim());
}
