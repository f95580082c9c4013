// The decoder against spoiled pieces: the same picture or the same error as the C# decoder for each of them. C# runs first and
// leaves its outcomes (tests/Nabij.Protocol.Tests/Px). `./dev test` compares a tenth of the campaign, `./dev test --full px` all
// of it; run by hand, this file looks at the first few chunks.

import { expect, test } from "vitest";
import { WireFormatError } from "../../src/protocol/errors.ts";
import { PxDecoder } from "../../src/screen/px-decoder.ts";
import { PieceMutator, XorShift } from "./piece-mutator.ts";
import { readOutcomes, type Outcomes, type Stream } from "./streams.ts";

const mostInARow = 8;
const usualPrefix = 3;
const deepEvery = 16;
const chunkStride = 0x9e3779b9;
const begin = 0xcbf29ce484222325n;
const prime = 0x100000001b3n;
const errorNumbers: Readonly<Record<string, number>> = { Truncated: 1, TrailingBytes: 2, InvalidValue: 3 };

const decoder = new PxDecoder();

function add(hash: bigint, value: bigint): bigint {
  return BigInt.asUintN(64, (hash ^ value) * prime);
}

/** Over all rows, one eighth after the other. */
function pictureHash(): bigint {
  let hash = begin;
  for (let update = 0; update < 8; update++) hash = add(hash, decoder.frameHash(update));
  return hash;
}

function outcomeOf(content: Uint8Array, isLast: boolean): number {
  try {
    decoder.decode(content, isLast);
    return 0;
  } catch (error) {
    if (!(error instanceof WireFormatError)) throw error;
    return errorNumbers[error.reason] as number;
  }
}

class Campaign {
  readonly #outcomes: Outcomes;
  readonly #mutator: PieceMutator;
  #hash = begin;

  constructor(outcomes: Outcomes) {
    this.#outcomes = outcomes;
    this.#mutator = new PieceMutator(outcomes.streams);
  }

  runChunk(chunk: number): bigint {
    const random = new XorShift(Math.imul(chunk + 1, chunkStride));
    const { chunkSize } = this.#outcomes;
    this.#hash = begin;
    for (let cases = 0; cases < chunkSize; ) cases += this.#runRow(random, chunkSize - cases);
    return this.#hash;
  }

  /** Good pieces first, then spoiled ones until one is refused. */
  #runRow(random: XorShift, most: number): number {
    const { streams } = this.#outcomes;
    const { width, height, pieces } = streams[random.below(streams.length)] as Stream;
    decoder.reset(width, height);
    let at = random.below(random.below(deepEvery) === 0 ? pieces.length : Math.min(usualPrefix, pieces.length));
    for (const { content, isLast } of pieces.slice(0, at)) decoder.decode(content, isLast);
    for (let done = 1; ; done++, at++) {
      const { content, isLast } = pieces[at % pieces.length] as Stream["pieces"][number];
      const outcome = outcomeOf(this.#mutator.mutate(content, random), isLast);
      this.#hash = add(this.#hash, BigInt(outcome));
      if (outcome !== 0) return done;
      this.#hash = add(this.#hash, pictureHash());
      if (done === Math.min(mostInARow, most)) return done;
    }
  }
}

const sizes = ["small", "large"] as const;
const chunksByHand = 3;
/** C# may have to run its campaign first, which takes minutes on a busy machine. */
const timeout = 7_200_000;
const isByHand = process.env["NABIJ_CAMPAIGNS"] === undefined;

test.each(sizes)("valid streams of %s pictures give the same picture as in C#", { timeout }, (name) => {
  readOutcomes(name).streams.forEach(({ width, height, pieces }, stream) => {
    decoder.reset(width, height);
    pieces.forEach(({ content, isLast, hash }, piece) => {
      decoder.decode(content, isLast);
      expect([stream, piece, pictureHash()]).toEqual([stream, piece, hash]);
    });
  });
});

test.each(sizes)("spoiled pieces of %s pictures end as in C# [campaign:px]", { timeout }, (name) => {
  // What a stack looks like tells nothing here, and writing it down takes longer than decoding.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    const outcomes = readOutcomes(name);
    const campaign = new Campaign(outcomes);
    outcomes.chunks.slice(0, isByHand ? chunksByHand : undefined).forEach((hash, chunk) => expect([chunk, campaign.runChunk(chunk)]).toEqual([chunk, hash]));
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
});
