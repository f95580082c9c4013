// pictures.json

import { expect } from "vitest";
import { toHex } from "../../src/protocol/hex.ts";
import { readContent } from "../../src/pictures/envelope.ts";
import { unwrapBytes, wrapKey } from "../../src/pictures/pictures-key.ts";
import { openBox, sealPicture } from "../../src/pictures/sealing.ts";
import { expectOutcome, type Members } from "./vector-file.ts";

const curve = { name: "ECDH", namedCurve: "P-256" } as const;

/** Both halves of a private key: the public one by way of JWK, which carries it. */
async function pairOf(pkcs8: Uint8Array<ArrayBuffer>): Promise<CryptoKeyPair> {
  const privateKey = await crypto.subtle.importKey("pkcs8", pkcs8, curve, true, ["deriveBits"]);
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", privateKey);
  return { privateKey, publicKey: await crypto.subtle.importKey("jwk", { kty, crv, x, y } as JsonWebKey, curve, true, []) };
}

const bindingOf = (vector: Members) => ({ organization: vector.text("organization"), session: vector.text("session"), author: vector.text("author") });

export const pictureChecks: Record<string, (vector: Members) => unknown> = {
  seal: async (vector) => {
    const content = { taken: vector.number("taken"), caption: vector.text("caption"), image: vector.hex("image") };
    const random = { picture: vector.hex("picture"), ephemeral: await pairOf(vector.hex("ephemeral")) };
    expect(toHex(await sealPicture(vector.hex("publicKey"), bindingOf(vector), content, random))).toBe(vector.text("envelope"));
  },
  open: async (vector) => {
    const { privateKey } = await pairOf(vector.hex("privateKey"));
    await expectOutcome(
      vector,
      () => openBox(privateKey, bindingOf(vector), vector.hex("envelope")),
      (content) => expect(content === null ? null : toHex(content)).toBe(vector.flag("opens") ? vector.text("content") : null),
    );
  },
  content: (vector) =>
    expectOutcome(
      vector,
      () => readContent(vector.hex("hex")),
      ({ taken, caption, image }) => {
        const fields = vector.object("fields");
        expect({ taken, caption, image: toHex(image) }).toEqual({ taken: fields.number("taken"), caption: fields.text("caption"), image: fields.text("image") });
      },
    ),
  wrap: async (vector) => {
    const key = { privateKey: vector.hex("privateKey"), publicKey: vector.hex("publicKey") };
    const random = { iterations: vector.number("iterations"), salt: vector.hex("salt"), nonce: vector.hex("nonce") };
    expect(toHex(await wrapKey(key, vector.text("passphrase"), vector.text("organization"), random))).toBe(vector.text("wrapped"));
  },
  unwrap: (vector) =>
    expectOutcome(
      vector,
      () => unwrapBytes(vector.hex("wrapped"), vector.text("passphrase"), { organization: vector.text("organization"), keyId: vector.hex("key") }),
      (privateKey) => expect(privateKey === null ? null : toHex(privateKey)).toBe(vector.flag("opens") ? vector.text("privateKey") : null),
    ),
};
