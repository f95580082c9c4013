import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { toHex } from "../protocol/hex.ts";
import { Sha256 } from "./sha256.ts";

test.each([
  ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
  ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
  ["abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"],
])("the hash of %j is the published one", (text, hash) => {
  expect(toHex(new Sha256().update(new TextEncoder().encode(text)).digest())).toBe(hash);
});

test("however the bytes are cut, the hash so far is that of the platform", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 12 }), (pieces) => {
      const mine = new Sha256();
      const theirs = createHash("sha256");
      for (const piece of pieces) {
        mine.update(piece);
        theirs.update(piece);
        expect(toHex(mine.digest())).toBe(theirs.copy().digest("hex"));
      }
      expect(mine.length).toBe(pieces.reduce((sum, piece) => sum + piece.length, 0));
    }),
  );
});

test("a large piece is hashed as the platform does", () => {
  const bytes = Uint8Array.from({ length: 3_000_001 }, (_, index) => (index * 31) >>> 3);
  expect(toHex(new Sha256().update(bytes).digest())).toBe(createHash("sha256").update(bytes).digest("hex"));
});
