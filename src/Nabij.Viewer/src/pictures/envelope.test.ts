import { expect, test } from "vitest";
import { captionOf, longestCaption } from "./envelope.ts";
import { isPassphrase } from "./pictures-key.ts";
import { newPictureNumber, openPicture, sealPicture } from "./sealing.ts";

const binding = { organization: "1".repeat(32), session: "2".repeat(32), author: "3".repeat(32) };
const image = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3);

test("a caption is one line of no more bytes than there is room for, cut between letters", () => {
  expect(captionOf("  Printer\n\u0007stuk \ud800")).toBe("Printer stuk \ufffd");
  const long = captionOf("👩‍💻".repeat(100));
  expect(new TextEncoder().encode(long).length).toBeLessThanOrEqual(longestCaption);
  expect(long).toBe("👩‍💻".repeat(Math.floor(longestCaption / 11)));
});

test("a passphrase counts what people see as letters of their own", () => {
  expect([isPassphrase("elf tekens!"), isPassphrase("twaalf teken"), isPassphrase("e\u0301".repeat(11)), isPassphrase("x".repeat(1025))]).toEqual([false, true, false, false]);
});

test("no two pictures are sealed alike, and each opens as what it is and as nothing else [invariant:1]", async () => {
  const pair = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, false, ["deriveBits"]);
  const publicKey = new Uint8Array(await crypto.subtle.exportKey("spki", pair.publicKey));
  const content = { taken: 1_795_000_000_000, caption: "<b>x</b>", image };
  const picture = newPictureNumber();
  const [one, other] = [await sealPicture(publicKey, binding, content, { picture }), await sealPicture(publicKey, binding, content, { picture })];
  expect(one.slice(4, 20)).toEqual(picture);
  expect(one).not.toEqual(other);
  expect(await openPicture(pair.privateKey, binding, one)).toEqual(content);
  expect(await openPicture(pair.privateKey, { ...binding, author: "4".repeat(32) }, one)).toBeNull();
  for (let at = 0; at < one.length; at += 7) {
    const changed = one.slice();
    changed[at] = (changed[at] ?? 0) ^ 0x10;
    expect(await openPicture(pair.privateKey, binding, changed), `byte ${at}`).toBeNull();
  }
  expect(await openPicture(pair.privateKey, binding, one.slice(0, 40))).toBeNull();
});
