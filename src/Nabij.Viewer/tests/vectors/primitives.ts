// lv.json, x25519.json, cpace.json, hkdf.json, hmac.json, sas.json

import { expect } from "vitest";
import { HandshakeError } from "../../src/protocol/errors.ts";
import { toHex } from "../../src/protocol/hex.ts";
import { lv, readLv } from "../../src/protocol/lv.ts";
import { generator, generatorString, sessionKey, transcript } from "../../src/session/cpace.ts";
import { hkdfExpand, hkdfExtract, hmac, sha512 } from "../../src/session/crypto.ts";
import { littleEndian, mapHash, mapToCurve } from "../../src/session/elligator2.ts";
import { checkNumber } from "../../src/session/key-schedule.ts";
import { isCanonicalShare, scalarFromBytes, type Scalar } from "../../src/session/x25519.ts";
import { fixedScalar } from "../fixed-scalar.ts";
import { expectOutcome, type Members } from "./vector-file.ts";

type Check = (vector: Members) => unknown;

export const lvChecks: Record<string, Check> = {
  encode: (vector) => expect(toHex(lv(...vector.hexList("items")))).toBe(vector.text("hex")),
  decode: (vector) =>
    expectOutcome(
      vector,
      () => readLv(vector.hex("hex"), vector.number("count")),
      (items) => expect(items.map(toHex)).toEqual(vector.array("items")),
    ),
};

/** Both implementations of a scalar: the platform's and the fallback's. */
async function scalars(bytes: Uint8Array): Promise<readonly Scalar[]> {
  return [await fixedScalar(bytes), await scalarFromBytes(bytes)];
}

const zeros = "00".repeat(32);

export const x25519Checks: Record<string, Check> = {
  multiply: async (vector) => {
    for (const scalar of await scalars(vector.hex("scalar"))) {
      const result = await scalar.multiply(vector.hex("u"));
      expect(result === null ? zeros : toHex(result)).toBe(vector.text("result"));
    }
  },
  iterate: async (vector) => {
    let k: Uint8Array<ArrayBuffer> = new Uint8Array(32);
    k[0] = 9;
    let u = k;
    for (let index = 0; index < vector.number("iterations"); index++) {
      const next = await (await fixedScalar(k)).multiply(u);
      if (next === null) throw new Error("zero result");
      u = k;
      k = next;
    }
    expect(toHex(k)).toBe(vector.text("result"));
  },
  share: async (vector) => {
    for (const scalar of await scalars(vector.hex("scalar"))) {
      const receive = async () => {
        if (!isCanonicalShare(vector.hex("share"))) throw new HandshakeError("ShareNotCanonical");
        const result = await scalar.multiply(vector.hex("share"));
        if (result === null) throw new HandshakeError("ZeroResult");
        return toHex(result);
      };
      await expectOutcome(vector, receive, (result) => expect(result).toBe(vector.text("result")));
    }
  },
};

export const cpaceChecks: Record<string, Check> = {
  map: (vector) => expect(toHex(mapToCurve(littleEndian(vector.hex("r"))))).toBe(vector.text("u")),
  mapHash: (vector) => expect(toHex(mapHash(vector.hex("hash")))).toBe(vector.text("u")),
  generator: async (vector) => {
    const inputs = [vector.hex("prs"), vector.hex("ci"), vector.hex("sid")] as const;
    const string = generatorString(...inputs);
    expect(toHex(string)).toBe(vector.text("string"));
    expect(toHex((await sha512(string)).subarray(0, 32))).toBe(vector.text("hash"));
    expect(toHex(await generator(...inputs))).toBe(vector.text("generator"));
  },
  exchange: async (vector) => {
    const [a] = await scalars(vector.hex("scalarA"));
    const [, b] = await scalars(vector.hex("scalarB"));
    const shareA = (await a?.multiply(vector.hex("generator"))) ?? new Uint8Array();
    const shareB = (await b?.multiply(vector.hex("generator"))) ?? new Uint8Array();
    expect([shareA, shareB].map(toHex)).toEqual([vector.text("shareA"), vector.text("shareB")]);
    const k = (await a?.multiply(shareB)) ?? new Uint8Array();
    expect(toHex(k)).toBe(vector.text("k"));
    expect(await b?.multiply(shareA)).toEqual(k);
    const initiator = { share: shareA, data: vector.hex("adA") };
    const responder = { share: shareB, data: vector.hex("adB") };
    expect(toHex(await sessionKey(vector.hex("sid"), k, initiator, responder))).toBe(vector.text("isk"));
  },
  transcript: (vector) => {
    const initiator = { share: vector.hex("shareA"), data: vector.hex("adA") };
    const responder = { share: vector.hex("shareB"), data: vector.hex("adB") };
    expect(toHex(transcript(initiator, responder))).toBe(vector.text("transcript"));
  },
};

export const hkdfChecks: Record<string, Check> = {
  hkdf: async (vector) => {
    const prk = await hkdfExtract(vector.hex("salt"), vector.hex("ikm"));
    expect(toHex(prk)).toBe(vector.text("prk"));
    expect(toHex(await hkdfExpand(prk, vector.hex("info"), vector.number("length")))).toBe(vector.text("okm"));
  },
};

export const hmacChecks: Record<string, Check> = {
  hmac: async (vector) => expect(toHex(await hmac(vector.hex("key"), vector.hex("data"))).startsWith(vector.text("mac"))).toBe(true),
};

export const sasChecks: Record<string, Check> = {
  checkNumber: async (vector) =>
    expect(await checkNumber(vector.hex("prk"), vector.hex("nonceT"), vector.hex("nonceC"))).toBe(vector.text("checkNumber")),
};
