// Runs what the first second of a session runs once before, on made-up keys and noise, while the technician still types the
// code: so that neither the handshake nor the first picture waits for the browser's compilers. Nothing of it is kept.

import { PxDecoder } from "../screen/px-decoder.ts";
import { generator } from "./cpace.ts";
import { hkdfExpand, hkdfExtract, importAesKey, open, seal } from "./crypto.ts";
import { generateScalar } from "./x25519.ts";

const madeUp = new Uint8Array(32).fill(0x55);
const nonceBytes = 12;
const side = 96;
/** Streams of noise soon break a rule; each gets through other modes before. */
const streams = 48;
const streamBytes = 600;

/**
 * Takes some ten milliseconds; whatever fails here fails again where it can be told.
 * @param makeRoom takes the memory of the first picture
 */
export async function warmUp(makeRoom: () => void): Promise<void> {
  try {
    makeRoom();
    rehearseDecoder();
    await rehearseKeys();
  } catch {
    // A browser that lacks something says so when the session begins.
  }
}

async function rehearseKeys(): Promise<void> {
  const [scalar, point] = await Promise.all([generateScalar(), generator(madeUp, madeUp, madeUp)]);
  await scalar.multiply(point);
  await hkdfExpand(await hkdfExtract(madeUp, madeUp), madeUp, madeUp.length);
  const key = await importAesKey(madeUp);
  const nonce = new Uint8Array(nonceBytes);
  await open(key, nonce, madeUp, await seal(key, nonce, madeUp, madeUp));
}

function rehearseDecoder(): void {
  const decoder = new PxDecoder();
  const noise = new Uint8Array(streamBytes);
  let state = 0x2545f491;
  for (let i = 0; i < streams; i++) {
    for (let at = 0; at < noise.length; at++) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      noise[at] = state;
    }
    // First row and row count small, so that the noise is about blocks.
    noise.fill(0, 0, 2);
    try {
      decoder.reset(side, side);
      decoder.decode(noise, true);
    } catch {
      // What noise does.
    }
  }
  decoder.frameHash(1);
  decoder.copyRgba({ x: 0, y: 0, width: side, height: side }, new Uint8Array(side * side * 4), 0);
}
