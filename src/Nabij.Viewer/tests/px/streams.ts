// Valid streams of codec 2 and what C# made of their spoiled copies: artifacts/px, written by the campaign of
// tests/Nabij.Protocol.Tests/Px. Where it is missing, its program is run.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export type Stream = {
  readonly width: number;
  readonly height: number;
  readonly pieces: readonly {
    /** Of all rows of the picture behind this piece. */
    readonly hash: bigint;
    readonly isLast: boolean;
    readonly content: Uint8Array;
  }[];
};

export type Outcomes = {
  readonly chunkSize: number;
  /** One number for each chunk of spoiled pieces. */
  readonly chunks: readonly bigint[];
  readonly streams: readonly Stream[];
};

const artifact = (path: string): string => fileURLToPath(new URL(`../../../../artifacts/${path}`, import.meta.url));
const program = artifact("bin/Nabij.Protocol.Tests/release/Nabij.Protocol.Tests");

export function readOutcomes(name: "small" | "large"): Outcomes {
  const path = artifact(`px/${name}.bin`);
  if (!existsSync(path)) {
    if (!existsSync(program)) throw new Error("Build tests/Nabij.Protocol.Tests (Release) first: it writes the streams of this test.");
    execFileSync(program, ["--filter-method", `*${name}_pictures*`, "--no-progress"]);
  }
  return new OutcomesReader(readFileSync(path)).read();
}

class OutcomesReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  read(): Outcomes {
    const chunkSize = this.#i32();
    const chunks = this.#many(() => this.#u64());
    const streams = this.#many(() => ({
      width: this.#i32(),
      height: this.#i32(),
      pieces: this.#many(() => ({ hash: this.#u64(), isLast: this.#i32() === 1, content: this.#content() })),
    }));
    return { chunkSize, chunks, streams };
  }

  #many<T>(one: () => T): T[] {
    return Array.from({ length: this.#i32() }, one);
  }

  #content(): Uint8Array {
    const length = this.#i32();
    return new Uint8Array(this.#bytes.subarray(this.#at, (this.#at += length)));
  }

  #i32(): number {
    return this.#bytes.readInt32LE((this.#at += 4) - 4);
  }

  #u64(): bigint {
    return this.#bytes.readBigUInt64LE((this.#at += 8) - 8);
  }
}
