// Replays one recorded stream of codec 2 through the picture as the session's worker has it, and takes the time of each update:
// decoding all its pieces, and copying what changed as the page wants it.

import { pxCodec } from "../src/protocol/screen.ts";
import { Picture } from "../src/screen/picture.ts";

/** NAME.json beside NAME.px, as `./dev bench streams` writes them. */
type Description = { readonly clip: string; readonly width: number; readonly height: number; readonly hashes: readonly string[] };

export type Replayed = {
  readonly clip: string;
  /** Milliseconds for each update, the first one first. */
  readonly milliseconds: readonly number[];
  /** From a worker that has only just begun: compiling, then the first update. */
  readonly cold: number;
  /** Whether the picture at the end has the encoder's hash. */
  readonly isEqual: boolean;
};

const headBytes = 5;
const bytesPerPixel = 4;

/** What a dedicated worker has. */
declare const self: { postMessage(message: Replayed): void; onmessage: ((event: MessageEvent<string>) => void) | null };

async function replay(address: string): Promise<Replayed> {
  const description = (await (await fetch(`${address}.json`)).json()) as Description;
  const stream = new Uint8Array(await (await fetch(`${address}.px`)).arrayBuffer());
  const { width, height } = description;
  const target = new Uint8Array(new SharedArrayBuffer(width * height * bytesPerPixel));
  const begin = performance.now();
  const picture = new Picture();
  picture.start({ type: "LAYOUT", layout: 1, width, height, displays: [] });
  const milliseconds: number[] = [];
  let spent = performance.now() - begin;
  let cold = 0;
  for (const { content, last } of pieces(stream)) {
    const update = milliseconds.length + 1;
    const start = performance.now();
    const isWhole = picture.apply({ type: "UPDATE", layout: 1, update, last, echo: false, captured: 0, codec: pxCodec, content });
    if (isWhole) picture.take(false).copyTo(target);
    spent += performance.now() - start;
    if (!isWhole) continue;
    if (update === 1) cold = spent;
    milliseconds.push(spent);
    spent = 0;
  }
  return { clip: description.clip, milliseconds, cold, isEqual: isEqual(picture, milliseconds.length, description) };
}

function* pieces(stream: Uint8Array): Generator<{ readonly content: Uint8Array; readonly last: boolean }> {
  const view = new DataView(stream.buffer);
  for (let at = 0; at < stream.length; ) {
    const length = view.getUint32(at, true);
    yield { content: stream.subarray(at + headBytes, at + headBytes + length), last: stream[at + headBytes - 1] === 1 };
    at += headBytes + length;
  }
}

function isEqual(picture: Picture, update: number, { hashes }: Description): boolean {
  // The hash of CHECK looks at every eighth row; the one that belongs to the last update is asked for.
  const hash = BigInt(`0x${hashes[update % hashes.length] ?? "0"}`);
  return picture.matches({ type: "CHECK", layout: 1, update, hash });
}

self.onmessage = ({ data }: MessageEvent<string>): void => {
  void replay(data).then((replayed) => self.postMessage(replayed));
};
