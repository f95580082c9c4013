import { expect, test } from "vitest";
import { readEntries } from "./dropped-files.ts";

const file = (name: string): FileSystemFileEntry =>
  ({ isDirectory: false, isFile: true, name, file: (give: (file: File) => void) => give(new File(["x"], name)) }) as unknown as FileSystemFileEntry;

/** Gives its entries two at a time, as browsers give a hundred. */
function folder(name: string, ...entries: FileSystemEntry[]): FileSystemEntry {
  return {
    isDirectory: true, isFile: false, name,
    createReader: () => {
      let at = 0;
      return { readEntries: (give: (some: FileSystemEntry[]) => void) => give(entries.slice(at, (at += 2))) };
    },
  } as unknown as FileSystemEntry;
}

test("a dropped folder gives every file below it, and tells the empty ones", async () => {
  const found = await readEntries([folder("a", file("1"), file("2"), file("3"), folder("b", file("4")), folder("c")), file("5"), new File(["x"], "6")]);
  expect(found.map(({ kind, path }) => `${kind} ${path.join("/")}`)).toEqual([
    "file a/1", "file a/2", "file a/3", "file a/b/4", "empty-folder a/c", "file 5", "file 6",
  ]);
});

test("folders that go down without end are left at the first level that is too deep", async () => {
  const endless = (): FileSystemEntry => ({
    isDirectory: true, isFile: false, name: "deep",
    createReader: () => {
      let isFirst = true;
      return { readEntries: (give: (some: FileSystemEntry[]) => void) => {
        give(isFirst ? [endless()] : []);
        isFirst = false;
      } };
    },
  }) as unknown as FileSystemEntry;
  const [only, ...others] = await readEntries([endless()]);
  expect([only?.kind, only?.path.length, others.length]).toEqual(["unreadable", 9, 0]);
});

test("what cannot be read is told, and the rest goes on", async () => {
  const broken = { ...file("broken"), file: (_give: unknown, fail: (error: Error) => void) => fail(new Error("no")) } as unknown as FileSystemEntry;
  expect((await readEntries([broken, file("good")])).map(({ kind }) => kind)).toEqual(["unreadable", "file"]);
});
