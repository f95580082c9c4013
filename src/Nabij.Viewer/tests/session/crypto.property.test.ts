// The cryptographic parts against a second implementation and against arbitrary order, loss and change.

import { _map_to_curve_elligator2_curve25519 as nobleMap } from "@noble/curves/ed25519.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { channelNumbers, channels } from "../../src/protocol/channels.ts";
import { RecordRefusedError } from "../../src/protocol/errors.ts";
import { channelRules, type Fragment } from "../../src/protocol/records.ts";
import { ascii } from "../../src/protocol/wire.ts";
import { littleEndian, mapToCurve } from "../../src/session/elligator2.ts";
import { RecordOpener, type Message } from "../../src/session/record-opener.ts";
import { RecordSealer } from "../../src/session/record-sealer.ts";
import { TechnicianHandshake } from "../../src/session/technician-handshake.ts";
import { basePoint, generateScalar, isCanonicalShare, scalarFromBytes, type Scalar } from "../../src/session/x25519.ts";
import { CustomerHandshake, type CustomerInputs } from "../customer/customer-handshake.ts";
import { fixedScalar } from "../fixed-scalar.ts";
import { now } from "./organization.ts";
import { sharedOrganization } from "./harness.ts";

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });
const p = (1n << 255n) - 19n;

describe("X25519 and its map", () => {
  test("the platform's X25519 and @noble/curves agree", async () => {
    await fc.assert(
      fc.asyncProperty(bytes32, bytes32, async (scalar, u) => {
        const [platform, script] = [await fixedScalar(scalar), await scalarFromBytes(scalar)];
        expect(await platform.multiply(u)).toEqual(await script.multiply(u));
      }),
      { numRuns: 60 },
    );
  });

  test("our map and @noble's agree", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: p - 1n }), (r) => {
        const { xMn, xMd } = nobleMap(r) as { xMn: bigint; xMd: bigint };
        expect((littleEndian(mapToCurve(r)) * xMd - xMn) % p).toBe(0n);
      }),
      { numRuns: 60 },
    );
  });

  test("shares are canonical exactly below p", () => {
    const near = fc.bigInt({ min: -40n, max: 40n }).map((offset) => p + offset);
    const any = fc.bigInt({ min: 0n, max: (1n << 256n) - 1n });
    fc.assert(
      fc.property(fc.oneof(near, any), (value) => {
        const bytes = Uint8Array.from({ length: 32 }, (_, index) => Number((value >> BigInt(8 * index)) & 0xffn));
        expect(isCanonicalShare(bytes)).toBe(value < p);
      }),
    );
  });

  test("a generated scalar cannot be read, and two of them agree", async () => {
    const [a, b] = [await generateScalar(), await generateScalar()];
    expect(Object.keys(a)).toEqual(["multiply"]);
    const [shareA, shareB] = [(await a.multiply(basePoint)) ?? basePoint, (await b.multiply(basePoint)) ?? basePoint];
    expect(await a.multiply(shareB)).toEqual(await b.multiply(shareA));
  });
});

const rules = channelRules(channels);
const traffic = () => new Uint8Array(32).fill(0x42);

/** Messages of the host cut at arbitrary places and mixed, with new keys in between. */
const streams = fc.array(
  fc.oneof(
    fc.record({ channel: fc.constantFrom(channelNumbers.screen, channelNumbers.cursor), pieces: fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 5 }) }),
    fc.record({ channel: fc.constant(channelNumbers.control), pieces: fc.tuple(fc.integer({ min: 1, max: 130 })) }),
    fc.constant("new keys" as const),
  ),
  { maxLength: 12 },
);

describe("records", () => {
  test("arrive whole and in order, also when they all come at once", async () => {
    await fc.assert(
      fc.asyncProperty(streams, async (stream) => {
        let time = 0;
        const sealer = await RecordSealer.create(traffic(), rules, () => time);
        const expected: Message[] = [];
        const records: Uint8Array[] = [];
        for (const [index, entry] of stream.entries()) {
          if (entry === "new keys") time += 600_000;
          else {
            const parts = entry.pieces.map((length) => new Uint8Array(length).fill(0x10 + index));
            for (const [at, payload] of parts.entries()) {
              records.push(...(await sealer.seal({ channel: entry.channel, more: at < parts.length - 1, payload })));
            }
            const total = entry.pieces.reduce((sum, length) => sum + length, 0);
            expected.push({ channel: entry.channel, payload: new Uint8Array(total).fill(0x10 + index) });
          }
        }
        expect(await openAll(records)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  test("a row of key updates in one burst is followed", async () => {
    let time = 0;
    const sealer = await RecordSealer.create(traffic(), rules, () => time);
    const records: Uint8Array[] = [];
    for (let index = 0; index < 300; index++) {
      time += 600_000;
      records.push(...(await sealer.seal({ channel: 0, more: false, payload: Uint8Array.of(0x16) })));
    }
    expect(records.length).toBe(600);
    expect((await openAll(records)).length).toBe(300);
  });

  test("one changed, lost, doubled or moved record is refused, and nothing after it is handed out", async () => {
    const change = fc.record({ kind: fc.constantFrom("flip", "lose", "double", "swap"), at: fc.nat(6), bit: fc.nat(8 * 80) });
    await fc.assert(
      fc.asyncProperty(change, async ({ kind, at, bit }) => {
        const sealer = await RecordSealer.create(traffic(), rules, () => 0);
        const records: Uint8Array[] = [];
        for (let index = 0; index < 8; index++) records.push(...(await sealer.seal(fragment(index))));
        const bad = [...records];
        if (kind === "flip") bad[at] = flipped(records[at] ?? new Uint8Array(), bit);
        if (kind === "lose") bad.splice(at, 1);
        if (kind === "double") bad.splice(at, 0, records[at] ?? new Uint8Array());
        if (kind === "swap") bad.splice(at, 2, records[at + 1] ?? new Uint8Array(), records[at] ?? new Uint8Array());
        const good = kind === "double" ? at + 1 : at;
        const opened: Message[] = [];
        await expect(openAll(bad, opened)).rejects.toBeInstanceOf(RecordRefusedError);
        expect(opened.length).toBe(good);
      }),
      { numRuns: 80 },
    );
  });
});

function fragment(index: number): Fragment {
  return { channel: channelNumbers.control, more: false, payload: Uint8Array.of(0x16, index) };
}

function flipped(record: Uint8Array, bit: number): Uint8Array {
  const changed = record.slice();
  const at = (bit >> 3) % changed.length;
  changed[at] = (changed[at] ?? 0) ^ (1 << (bit & 7));
  return changed;
}

/** Begins everything before anything is complete, as a burst on the socket does. */
async function openAll(records: readonly Uint8Array[], opened: Message[] = []): Promise<readonly Message[]> {
  const opener = await RecordOpener.create(traffic(), rules, { sender: "host" });
  for (const opening of records.map((record) => opener.begin(record))) {
    const message = await opener.complete(opening);
    if (message !== null) opened.push({ channel: message.channel, payload: message.payload.slice() });
  }
  return opened;
}

async function bothSides(more: Partial<CustomerInputs> = {}, scalars?: readonly [Scalar, Scalar]) {
  const organization = await sharedOrganization();
  const common = { nameplate: "417", origin: "https://help.example.nl", sidC: new Uint8Array(16).fill(3), versions: [1], suites: [1] };
  const algorithm = { name: "ECDSA", hash: "SHA-256" };
  const technician = new TechnicianHandshake({
    ...common,
    secret: ascii("902635"),
    certificate: organization.certificate,
    requested: 7,
    client: "test",
    sidT: new Uint8Array(16).fill(4),
    nonce: new Uint8Array(16).fill(5),
    scalar: scalars?.[0] ?? (await generateScalar()),
    sign: async (message) => new Uint8Array(await crypto.subtle.sign(algorithm, organization.signingKey, message)),
    secondRun: false,
  });
  const customer = new CustomerHandshake({
    ...common,
    organizationKeys: [organization.publicKey],
    deniedTechnicians: [],
    now,
    secret: ascii("902635"),
    scalar: scalars?.[1] ?? (await generateScalar()),
    nonce: new Uint8Array(16).fill(6),
    termsId: "t",
    termsVersion: "1",
    termsHash: new Uint8Array(32),
    acceptanceTime: now,
    ceiling: 0xfff,
    application: "a",
    granted: 0,
    machineName: "PC",
    userName: "jan",
    brokenOffRuns: 0,
    ...more,
  });
  return { technician, customer };
}

/** Carries the four messages, each through `pass`; says which sides hold keys. */
async function carry({ technician, customer }: Awaited<ReturnType<typeof bothSides>>, pass: (message: Uint8Array, step: number) => Uint8Array) {
  const first = await technician.start();
  const second = await customer.receive(pass(first.reply ?? new Uint8Array(), 0));
  if (second.type !== "continue") return { technician: null, customer: null };
  const third = await technician.receive(pass(second.reply, 1));
  if (third.type !== "continue") return { technician: null, customer: null };
  const fourth = await customer.receive(pass(third.reply, 2));
  if (fourth.type !== "established") return { technician: null, customer: null };
  const last = await technician.receive(pass(fourth.reply, 3));
  return { technician: last.type === "established" ? last.session : null, customer: fourth.session };
}

describe("the handshake", () => {
  test("one changed bit in any message and the two sides never both hold keys", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(3), fc.nat(), async (step, bit) => {
        const run = await carry(await bothSides(), (message, index) => (index === step ? flipped(message, bit % (8 * message.length)) : message));
        expect(run.technician).toBeNull();
        if (step < 3) expect(run.customer).toBeNull();
      }),
      { numRuns: 120 },
    );
  });

  test("nothing that the customer's side may still choose after MSG3 enters the check number", async () => {
    // The same MSG1 and MSG2, another MSG4 each time (ECDSA makes MSG3 another one as well).
    const numbers: (string | undefined)[] = [];
    for (const machineName of ["PC-1", "PC-2", "PC-3"]) {
      const scalars = [await fixedScalar(new Uint8Array(32).fill(11)), await fixedScalar(new Uint8Array(32).fill(12))] as const;
      const run = await carry(await bothSides({ machineName }, scalars), (message) => message);
      expect(run.technician?.checkNumber).toBe(run.customer?.checkNumber);
      numbers.push(run.technician?.checkNumber);
    }
    expect(new Set(numbers).size).toBe(1);
    expect(numbers[0]).toMatch(/^[0-9]{4}$/);
  });
});
