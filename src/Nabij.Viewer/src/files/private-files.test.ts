import { expect, test } from "vitest";
import { FakeDisk, FakeDiskFile } from "../../tests/files/fake-disk.ts";
import type { OfferMessage } from "../protocol/files.ts";
import { PrivateFiles, removeLeftOvers, rootName } from "./private-files.ts";
import { freeName } from "./free-name.ts";
import { saveTo } from "./places.ts";

const offer = (id: number, name = "a.txt", size = 4): OfferMessage => ({ type: "OFFER", id, group: 1, size, modified: 0, path: [name] });
const bytes = Uint8Array.of(1, 2, 3, 4);

test("a part has a number for a name, and what is verified keeps its bytes and gets a name that no other has", async () => {
  const disk = new FakeDisk();
  const files = new PrivateFiles(disk, "mine");
  const names: string[] = [];
  for (const id of [2, 4, 6]) {
    const part = await files.begin(offer(id, id === 6 ? "A.TXT" : "a.txt"));
    await part.write(bytes);
    names.push(await part.finish());
  }
  expect(names).toEqual(["a.txt", "a (2).txt", "A (3).TXT"]);
  expect(disk.root.paths).toEqual([2, 4, 6].map((id) => `${rootName}/mine/${id}`));
  expect(new Uint8Array(await (await files.open(4)).arrayBuffer())).toEqual(bytes);
  await files.remove(4);
  await expect(files.open(4)).rejects.toMatchObject({ reason: "unreadable" });
  expect(disk.root.paths.length).toBe(2);
});

test("a part goes on from where it was cut off, and is gone when it is discarded", async () => {
  const disk = new FakeDisk();
  const part = await new PrivateFiles(disk, "mine").begin(offer(2));
  await part.write(Uint8Array.of(1, 2, 9, 9, 9));
  await part.truncate(2);
  await part.write(Uint8Array.of(3, 4));
  expect(await part.read(0, 10)).toEqual(bytes);
  await part.discard();
  expect(disk.isEmpty).toBe(true);
});

test("what the disk does not take is told: no room, or no place", async () => {
  const disk = new FakeDisk();
  const files = new PrivateFiles(disk, "mine");
  disk.left = 100;
  await files.check(offer(2, "a", 100));
  await expect(files.check(offer(2, "a", 101))).rejects.toMatchObject({ reason: "disk-full" });
  disk.mostBytes = 3;
  const part = await files.begin(offer(2));
  await expect(part.write(bytes)).rejects.toMatchObject({ reason: "disk-full" });
  await part.discard();

  const nowhere = new FakeDisk();
  nowhere.isMissing = true;
  const none = new PrivateFiles(nowhere, "mine");
  expect(await files.isUsable()).toBe(true);
  expect(await none.isUsable()).toBe(false);
  await expect(none.check(offer(2))).rejects.toMatchObject({ reason: "unwritable" });
});

test("the bytes of a large file are given to the disk as they come, not all at the end", async () => {
  const disk = new FakeDisk();
  const part = await new PrivateFiles(disk, "mine").begin(offer(2));
  const piece = new Uint8Array(20_000_000);
  for (let count = 0; count < 4; count++) await part.write(piece);
  expect(disk.flushes).toBe(2);
});

test("what pages left over goes, and what another page holds stays", async () => {
  const disk = new FakeDisk();
  const [mine, others] = [new PrivateFiles(disk, "mine"), new PrivateFiles(disk, "others")];
  for (const files of [mine, others]) await (await files.begin(offer(2))).finish();
  const gone = await (await disk.root.getDirectoryHandle(rootName, { create: true })).getDirectoryHandle("gone", { create: true });
  await gone.getFileHandle("8", { create: true });
  await removeLeftOvers(disk);
  expect(disk.root.paths).toEqual([`${rootName}/mine/2`, `${rootName}/others/2`]);
  // A verified file that may still be on its way to the downloads stays until the lock is free.
  await mine.close();
  expect(disk.root.paths.length).toBe(2);
  await removeLeftOvers(disk);
  expect(disk.root.paths).toEqual([`${rootName}/others/2`]);
});

test("a session that received nothing leaves no folder", async () => {
  const disk = new FakeDisk();
  const files = new PrivateFiles(disk, "mine");
  expect(await files.isUsable()).toBe(true);
  await files.close();
  expect(disk.root.paths).toEqual([]);
  expect([...(await disk.root.getDirectoryHandle(rootName, { create: true })).entries.keys()]).toEqual([]);
  expect(disk.locksHeld).toBe(0);
});

test("a chosen folder gets the folders of the path, and nothing in it is replaced", async () => {
  const disk = new FakeDisk();
  const file = new File([bytes], "x");
  const names = [];
  for (let count = 0; count < 3; count++) names.push(await saveTo(disk.root, ["photos", "summer", "a.tar.gz"], file));
  expect(names).toEqual(["a.tar.gz", "a.tar (2).gz", "a.tar (3).gz"]);
  expect(disk.root.paths).toEqual(["photos/summer/a.tar (2).gz", "photos/summer/a.tar (3).gz", "photos/summer/a.tar.gz"]);
  await disk.root.getDirectoryHandle("folder", { create: true });
  expect(await saveTo(disk.root, ["folder"], file)).toBe("folder (2)");
});

test("a place without room keeps nothing of the file", async () => {
  const disk = new FakeDisk();
  disk.mostBytes = 3;
  await expect(saveTo(disk.root, ["a"], new File([bytes], "x"))).rejects.toMatchObject({ name: "QuotaExceededError" });
  expect(disk.isEmpty).toBe(true);
  const chosen = new FakeDiskFile(new FakeDisk(), "chosen.bin");
  expect(await saveTo(chosen, ["other name"], new File([bytes], "x"))).toBe("chosen.bin");
  expect(chosen.bytes).toEqual(bytes);
});

test.each([
  ["a", "a (2)"],
  ["a.b.c", "a.b (2).c"],
  [".profile", ".profile (2)"],
])("a number goes before the ending: %s", (name, free) => expect(freeName(name, (one) => one === name)).toBe(free));
