// Sender and receiver joined through memory, the line cut and stopped at random points: identical files, or nothing.

import { expect, test } from "vitest";
import { decodeFile, encodeFile, fileLimits, type OfferMessage, type Side } from "../protocol/files.ts";
import { MemoryStore, numbers } from "../../tests/files/memory-store.ts";
import { IncomingFiles, type ReceivingEnd } from "./incoming-files.ts";
import { OutgoingFiles, type SourceFile } from "./outgoing-files.ts";

class Pair {
  readonly store = new MemoryStore();
  readonly sent = new Map<number, Uint8Array>();
  readonly ends = new Map<number, ReceivingEnd>();
  readonly outgoing: OutgoingFiles;
  readonly incoming: IncomingFiles;
  readonly there: Uint8Array[] = [];
  readonly back: Uint8Array[] = [];
  readonly below: (limit: number) => number;
  cuts = 0;
  isChanged = false;
  #asked: OfferMessage[] = [];
  #failure: unknown = null;
  readonly #sender: Side;

  constructor(sender: Side, seed: number) {
    this.#sender = sender;
    this.below = numbers(seed);
    this.outgoing = new OutgoingFiles(sender, (message) => this.there.push(encodeFile(message)), () => undefined);
    this.incoming = new IncomingFiles(sender, this.store, {
      put: (message) => this.back.push(encodeFile(message)),
      offered: (offer) => this.#asked.push(offer),
      ended: (offer, end) => this.ends.set(offer.id, end),
      failed: (error) => (this.#failure ??= error),
    });
  }

  offer(size: number): number {
    const content = Uint8Array.from({ length: size }, (_, index) => (index * 7 + this.sent.size * 13 + (index >>> 11)) & 0xff);
    const file: SourceFile = {
      path: [`file ${this.sent.size}`],
      size,
      modified: 0,
      read: (offset, length) => Promise.resolve(content.slice(offset, offset + length)),
      isUnchanged: () => Promise.resolve(!this.isChanged),
    };
    const id = this.outgoing.offer([file])[0] ?? 0;
    this.sent.set(id, content);
    return id;
  }

  async send(): Promise<void> {
    const message = await this.outgoing.next();
    if (message !== null) this.there.push(encodeFile(message));
  }

  async deliver(): Promise<void> {
    const bytes = this.there.shift();
    if (bytes !== undefined) this.incoming.take(decodeFile(bytes, this.#sender));
    await this.incoming.idle;
    if (this.#failure !== null) throw this.#failure as Error;
  }

  answer(): void {
    const bytes = this.back.shift();
    if (bytes !== undefined) this.outgoing.take(decodeFile(bytes, this.#sender === "viewer" ? "host" : "viewer"));
  }

  async acceptAll(): Promise<void> {
    for (const offer of this.#asked.splice(0)) this.incoming.accept(offer.id);
    await this.incoming.idle;
  }

  /** The line is gone with all that was on it, or, as at Stop, what is on it stays there. */
  async cut(isStop: boolean): Promise<void> {
    this.cuts++;
    this.outgoing.break();
    this.incoming.break();
    if (!isStop) this.there.length = this.back.length = 0;
    this.incoming.renew();
    await this.incoming.idle;
    this.outgoing.renew();
  }

  async step(): Promise<void> {
    const dice = this.below(100);
    const ids = [...this.sent.keys()];
    const id = ids[this.below(ids.length)] ?? 0;
    if (dice < 45) await this.send();
    else if (dice < 65) await this.deliver();
    else if (dice < 85) this.answer();
    else if (dice < 90) await this.acceptAll();
    else if (dice < 94) (this.below(2) === 0 ? this.outgoing : this.incoming).hold(id, this.below(2) === 0);
    else if (dice < 98) await this.cut(this.below(2) === 0);
    else if (this.below(8) === 0) (this.below(2) === 0 ? this.outgoing : this.incoming).cancel(id);
  }

  async settle(): Promise<void> {
    for (let round = 0; this.outgoing.unfinished + this.incoming.unfinished + this.there.length + this.back.length > 0; round++) {
      if (round > 200_000) throw new Error("the transfers do not come to an end");
      for (const id of this.sent.keys()) {
        this.outgoing.hold(id, false);
        this.incoming.hold(id, false);
      }
      await this.acceptAll();
      await this.send();
      await this.deliver();
      this.answer();
    }
  }

  /** Everything that arrived is what was sent, and nothing else is there; how many files. */
  check(): number {
    let arrived = 0;
    for (const [id, end] of this.ends) {
      if (!("name" in end)) continue;
      arrived++;
      expect(Buffer.compare(this.store.files.get(end.name) ?? new Uint8Array(), this.sent.get(id) ?? new Uint8Array())).toBe(0);
    }
    expect(this.store.files.size).toBe(arrived);
    expect(this.store.parts).toBe(0);
    return arrived;
  }
}

test.each(["viewer", "host"] as const)("files of the %s: the same or none, whatever happens on the way [invariant:7]", async (sender) => {
  const sizes = [0, 1, fileLimits.largestContent, fileLimits.mostCredit, fileLimits.mostCredit + 1, 1_500_000];
  let [arrived, cuts] = [0, 0];
  for (let seed = 1; seed <= 25; seed++) {
    const pair = new Pair(sender, seed);
    try {
      for (let files = pair.below(4); files >= 0; files--) pair.offer(sizes[pair.below(sizes.length)] ?? 0);
      for (let steps = 0; steps < 400; steps++) await pair.step();
      await pair.settle();
      arrived += pair.check();
      cuts += pair.cuts;
    } catch (error) {
      throw new Error(`seed ${seed}`, { cause: error });
    }
  }
  expect(arrived).toBeGreaterThan(10);
  expect(cuts).toBeGreaterThan(100);
}, 60_000);

test("a file that changes while it is sent does not arrive", async () => {
  const pair = new Pair("viewer", 1);
  const id = pair.offer(1_000_000);
  pair.isChanged = true;
  await pair.settle();
  expect(pair.ends.get(id)).toEqual({ reason: "changed" });
  expect(pair.check()).toBe(0);
});

test("a store that runs full ends the file and keeps nothing of it", async () => {
  const pair = new Pair("host", 1);
  pair.store.room = 600_000;
  const [large, small] = [pair.offer(700_000), pair.offer(600_000)];
  for (let steps = 0; steps < 30; steps++) await pair.step();
  pair.store.room = 300_000;
  await pair.settle();
  expect(pair.ends.get(large)).toEqual({ reason: "disk-full" });
  expect(pair.ends.get(small)).toEqual({ reason: "disk-full" });
  expect(pair.check()).toBe(0);
});

test("a name against the rules is refused and never shown", async () => {
  const pair = new Pair("host", 1);
  const shown: OfferMessage[] = [];
  const said: string[] = [];
  const ended: ReceivingEnd[] = [];
  const incoming = new IncomingFiles("host", pair.store, {
    put: (message) => said.push(message.type),
    offered: (offer) => shown.push(offer),
    ended: (_offer, end) => ended.push(end),
    failed: (error) => {
      throw error as Error;
    },
  });
  incoming.take({ type: "OFFER", id: 2, group: 1, size: 1, modified: 0, path: ["folder", "..", "x"] });
  await incoming.idle;
  expect([shown, said, ended]).toEqual([[], ["REFUSE"], [{ reason: "name-refused" }]]);
});

test("a chunk beyond the credit, or in the wrong place, is a breach", async () => {
  for (const offset of [1, 16_371]) {
    const failures: unknown[] = [];
    const incoming = new IncomingFiles("host", new MemoryStore(), { put: () => 0, offered: () => 0, ended: () => 0, failed: (error) => failures.push(error) });
    incoming.take({ type: "OFFER", id: 2, group: 1, size: 100_000, modified: 0, path: ["x"] });
    incoming.accept(2);
    incoming.take({ type: "START", id: 2, offset: 0 });
    incoming.take({ type: "CHUNK", id: 2, offset, content: new Uint8Array(5) });
    await incoming.idle;
    expect(failures).toEqual([expect.objectContaining({ reason: "InvalidValue" })]);
  }
});
