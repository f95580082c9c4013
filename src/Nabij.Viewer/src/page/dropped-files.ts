// Files and folders that were dropped on the page. What was dropped is only to be had while the event is being handled, so the
// entries are taken at once and read afterwards.

import { fileLimits } from "../protocol/files.ts";
import type { Candidate } from "./picking.ts";

/** Of folders with more, only so much is read; far more than may be offered. */
const mostCandidates = 2 * fileLimits.mostOffers;

type Entry = FileSystemEntry | File;

/** To be called in the drop event. */
export function entriesOf(transfer: DataTransfer): Entry[] {
  const entries: Entry[] = [];
  for (const item of transfer.items) {
    if (item.kind !== "file") continue;
    const entry = item.webkitGetAsEntry() ?? item.getAsFile();
    if (entry !== null) entries.push(entry);
  }
  return entries;
}

/** Whether a drag brings files. */
export function bringsFiles(transfer: DataTransfer | null): boolean {
  return transfer !== null && [...transfer.types].includes("Files");
}

/** Everything below, folder by folder. */
export async function readEntries(entries: readonly Entry[]): Promise<Candidate[]> {
  const found: Candidate[] = [];
  for (const entry of entries) await read(entry, [], found);
  return found;
}

async function read(entry: Entry, folder: readonly string[], found: Candidate[]): Promise<void> {
  const path = [...folder, entry.name];
  if (found.length >= mostCandidates) return;
  try {
    if (entry instanceof File) found.push({ kind: "file", file: entry, path });
    else if (isFolder(entry)) await readFolder(entry, path, found);
    else found.push({ kind: "file", file: await fileOf(entry as FileSystemFileEntry), path });
  } catch {
    found.push({ kind: "unreadable", path });
  }
}

async function readFolder(entry: FileSystemDirectoryEntry, path: readonly string[], found: Candidate[]): Promise<void> {
  const reader = entry.createReader();
  let count = 0;
  // Some browsers give no more than a hundred at a time; an empty answer is the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) break;
    count += some.length;
    // One level below what may be offered is enough to say that it is too deep.
    if (path.length > fileLimits.mostLevels) return void found.push({ kind: "unreadable", path });
    for (const one of some) await read(one, path, found);
  }
  if (count === 0) found.push({ kind: "empty-folder", path });
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}
