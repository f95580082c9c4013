// px.json: the decoder shows the picture that the reference implementation shows, and refuses what it refuses.

import { expect } from "vitest";
import { WireFormatError } from "../../src/protocol/errors.ts";
import { toHex } from "../../src/protocol/hex.ts";
import { PxDecoder } from "../../src/screen/px-decoder.ts";
import type { Members } from "./vector-file.ts";

const channels = 3;

async function checkPieces(vector: Members): Promise<void> {
  const decoder = new PxDecoder();
  const [width, height] = [vector.number("width"), vector.number("height")];
  decoder.reset(width, height);
  for (const step of vector.list("steps")) {
    expect(refusalOf(() => decoder.decode(step.hex("piece"), step.flag("last")))).toBe(step.has("error") ? step.text("error") : null);
    if (step.has("hash")) expect(await hashOf(decoder, width, height)).toBe(step.text("hash"));
  }
}

function refusalOf(decode: () => void): string | null {
  try {
    decode();
    return null;
  } catch (refused) {
    if (refused instanceof WireFormatError) return refused.reason;
    throw refused;
  }
}

async function hashOf(decoder: PxDecoder, width: number, height: number): Promise<string> {
  const rgba = new Uint8Array(width * height * 4);
  decoder.copyRgba({ x: 0, y: 0, width, height }, rgba, 0);
  const rgb = new Uint8Array(width * height * channels);
  for (let at = 0; at < width * height; at++) rgb.set(rgba.subarray(at * 4, at * 4 + channels), at * channels);
  return toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", rgb)));
}

// A reader of pieces holds no writer: both kinds are read alike.
export const pxChecks = { read: checkPieces, write: checkPieces };
