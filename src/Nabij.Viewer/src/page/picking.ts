// What of the files that were picked or dropped can be offered (docs/protocol/08-files.md): names and sizes are judged before
// the customer hears of any, and what cannot go is told with its reason. Knows no document.

import type { PickedFile } from "../files/read-ahead.ts";
import { judgeName, type NameRefusal } from "../protocol/file-names.ts";
import { fileLimits } from "../protocol/files.ts";

/** A file, or a folder that is empty or cannot be read, with the path from what was picked. */
export type Candidate =
  | { readonly kind: "file"; readonly file: PickedFile["file"]; readonly path: readonly string[] }
  | { readonly kind: "empty-folder" | "unreadable"; readonly path: readonly string[] };

export type PickProblem = NameRefusal | "too-deep" | "too-large" | "too-many" | "empty-folder" | "unreadable";

export type LeftOut = { readonly path: string; readonly problem: PickProblem };

export type Pick = { readonly files: readonly PickedFile[]; readonly leftOut: readonly LeftOut[] };

/** @param offersLeft so many files may still be offered in this session */
export function judgePick(candidates: readonly Candidate[], offersLeft: number): Pick {
  const files: PickedFile[] = [];
  const leftOut: LeftOut[] = [];
  for (const candidate of candidates) {
    // A name is offered in the one form that all programs compare.
    const path = candidate.path.map((component) => component.normalize("NFC"));
    const problem = problemOf(candidate, path) ?? (files.length >= offersLeft ? "too-many" : null);
    if (problem !== null) leftOut.push({ path: path.join(" / "), problem });
    else if (candidate.kind === "file") files.push({ file: candidate.file, path });
  }
  return { files, leftOut };
}

function problemOf(candidate: Candidate, path: readonly string[]): PickProblem | null {
  if (candidate.kind !== "file") return candidate.kind;
  if (path.length > fileLimits.mostLevels) return "too-deep";
  for (const component of path) {
    const refusal = judgeName(component);
    if (refusal !== null) return refusal;
  }
  return candidate.file.size > fileLimits.largestFile ? "too-large" : null;
}

/** Files of an input element; those of a folder know their path in it. */
export function candidatesOf(files: Iterable<File>): Candidate[] {
  return [...files].map((file) => ({
    kind: "file",
    file,
    path: file.webkitRelativePath === "" ? [file.name] : file.webkitRelativePath.split("/"),
  }));
}
