import { expect, test } from "vitest";
import { FakeFile } from "../../tests/files/fake-file.ts";
import { numbers } from "../../tests/files/memory-store.ts";
import { blockBytes, ReadAhead } from "./read-ahead.ts";

test.each([1, 2, 3, 4])("whatever is asked for, it is what stands there (seed %i)", async (seed) => {
  const below = numbers(seed);
  const file = new FakeFile(3 * blockBytes + 777, seed);
  const other = new FakeFile(5_000, seed + 1);
  const ahead = new ReadAhead();
  const [source, small] = [ahead.source({ file, path: ["a"] }), ahead.source({ file: other, path: ["b"] })];
  for (let at = 0, step = 0; step < 200; step++) {
    if (below(10) === 0) at = below(file.size);
    if (below(20) === 0) expect(await small.read(4_000, 900)).toEqual(other.content(4_000, 4_900));
    const length = below(10) === 0 ? below(2 * blockBytes) + 1 : below(16_371) + 1;
    const bytes = await source.read(at, Math.min(length, file.size - at));
    expect(Buffer.compare(bytes, file.content(at, Math.min(at + length, file.size)))).toBe(0);
    at = Math.min(at + length, file.size - 1);
  }
});

test("a file of 10 GB is read a block ahead and no further, whoever waits [invariant:4]", async () => {
  const file = new FakeFile(10_000_000_000);
  const source = new ReadAhead().source({ file, path: ["large"] });
  for (let at = 0; at < 5 * blockBytes; at += 16_371) {
    await source.read(at, 16_371);
    const furthest = Math.max(...file.reads.map(([, end]) => end));
    expect(furthest - at).toBeLessThanOrEqual(3 * blockBytes);
  }
  for (const [start, end] of file.reads) expect(end - start).toBeLessThanOrEqual(blockBytes);
  // Every byte once: 5 blocks, and those that are ahead.
  expect(file.reads.length).toBeLessThanOrEqual(7);
});

test("a file that is gone cannot be read, and counts as changed", async () => {
  const file = new FakeFile(100);
  const source = new ReadAhead().source({ file, path: ["x"] });
  expect(await source.isUnchanged()).toBe(true);
  file.isGone = true;
  await expect(source.read(0, 10)).rejects.toThrow("gone");
  await expect(source.isUnchanged()).rejects.toThrow("gone");
});

test("an empty file and a time before 1970 are told as they may be", async () => {
  const source = new ReadAhead().source({ file: new FakeFile(0, 1, -5.5), path: ["empty"] });
  expect([source.size, source.modified, await source.isUnchanged()]).toEqual([0, 0, true]);
});
