// Reads /vectors as plain data. The shapes are described in vectors/README.md; a member that a case lacks fails that case.

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { HandshakeError, RecordRefusedError, ResumeError, WireFormatError } from "../../src/protocol/errors.ts";
import { hex } from "../fixed-scalar.ts";

const folder = fileURLToPath(new URL("../../../../vectors/", import.meta.url));

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

export type VectorFile = { readonly name: string; readonly members: Members; readonly cases: readonly Members[] };

export function vectorFiles(): readonly VectorFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => {
      const members = new Members(JSON.parse(readFileSync(folder + name, "utf8")) as Json);
      return { name, members, cases: members.list("cases") };
    });
}

/** One JSON object with typed access. */
export class Members {
  readonly value: { readonly [name: string]: Json };

  constructor(value: Json) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw new RangeError("not an object");
    this.value = value as { readonly [name: string]: Json };
  }

  has(name: string): boolean {
    return this.value[name] !== undefined;
  }

  text(name: string): string {
    const value = this.value[name];
    if (typeof value !== "string") throw new RangeError(`no text ${name}`);
    return value;
  }

  number(name: string): number {
    const value = this.value[name];
    if (typeof value !== "number") throw new RangeError(`no number ${name}`);
    return value;
  }

  flag(name: string): boolean {
    const value = this.value[name];
    if (typeof value !== "boolean") throw new RangeError(`no flag ${name}`);
    return value;
  }

  hex(name: string): Uint8Array<ArrayBuffer> {
    return hex(this.text(name));
  }

  hexList(name: string): Uint8Array<ArrayBuffer>[] {
    return (this.array(name) as string[]).map(hex);
  }

  object(name: string): Members {
    return new Members(this.value[name] ?? null);
  }

  list(name: string): readonly Members[] {
    return this.array(name).map((entry) => new Members(entry));
  }

  array(name: string): readonly Json[] {
    const value = this.value[name];
    if (!Array.isArray(value)) throw new RangeError(`no list ${name}`);
    return value as readonly Json[];
  }

  /** Numbers in a hex list as on the wire. */
  numbers(name: string, width: 1 | 2): number[] {
    const digits = this.text(name);
    const numbers: number[] = [];
    for (let at = 0; at < digits.length; at += width * 2) numbers.push(Number.parseInt(digits.slice(at, at + width * 2), 16));
    return numbers;
  }
}

/** The name of the protocol error that an action raises; anything but a protocol error fails. */
export async function errorOf(action: () => unknown): Promise<string | null> {
  try {
    await action();
    return null;
  } catch (error) {
    if (isProtocolError(error)) return error.reason;
    throw error;
  }
}

export function isProtocolError(error: unknown): error is WireFormatError | HandshakeError | ResumeError | RecordRefusedError {
  return (
    error instanceof WireFormatError || error instanceof HandshakeError || error instanceof ResumeError || error instanceof RecordRefusedError
  );
}

/** A case either has `error`, or what `compare` compares. */
export async function expectOutcome<T>(vector: Members, action: () => T | Promise<T>, compare: (result: T) => unknown): Promise<void> {
  if (vector.has("error")) {
    expect(await errorOf(action)).toBe(vector.text("error"));
    return;
  }
  await compare(await action());
}
