// Files between a viewer's session and a host, everything in memory: the host stops, goes on, takes permissions back, the line
// breaks, and people hold and cancel, at random. Files arrive as they are, or not at all.

import { expect, test } from "vitest";
import { IncomingFiles } from "../../src/files/incoming-files.ts";
import { OutgoingFiles, type SendingEnd } from "../../src/files/outgoing-files.ts";
import { ReadAhead } from "../../src/files/read-ahead.ts";
import { decodeFile, encodeFile, fileLimits, senderOf, type FileMessage } from "../../src/protocol/files.ts";
import { permissions } from "../../src/protocol/permissions.ts";
import { FileTraffic, type FileGrants } from "../../src/session/file-traffic.ts";
import type { TransferReport } from "../../src/session/transfer-reports.ts";
import { Sha256 } from "../../src/files/sha256.ts";
import { FakeFile } from "../files/fake-file.ts";
import { MemoryStore, numbers } from "../files/memory-store.ts";
import { ManualClock, turns } from "../manual-clock.ts";

const up = permissions.FILES_TO_HOST;
const down = permissions.FILES_FROM_HOST;
const both = up | down;

/** The host's side of the files, with a gate. */
class HostFiles {
  readonly store = new MemoryStore();
  readonly toViewer: (Uint8Array | FileGrants)[] = [];
  readonly arrived = new Map<number, string>();
  readonly ends = new Map<number, SendingEnd>();
  readonly requests: string[] = [];
  readonly outgoing: OutgoingFiles;
  readonly incoming: IncomingFiles;
  readonly #ahead = new ReadAhead();
  granted = 0;
  inForce = 0;
  failure: unknown = null;
  #wantsAll = true;

  constructor() {
    const put = (message: FileMessage): void => void this.toViewer.push(encodeFile(message));
    this.outgoing = new OutgoingFiles("host", put, (id, end) => this.ends.set(id, end));
    this.incoming = new IncomingFiles("viewer", this.store, {
      put,
      offered: (offer) => this.#wantsAll && this.incoming.accept(offer.id),
      ended: (offer, end) => "name" in end && this.arrived.set(offer.id, end.name),
      failed: (error) => (this.failure ??= error),
    });
    this.outgoing.break();
    this.incoming.break();
  }

  set wantsAll(wanted: boolean) {
    this.#wantsAll = wanted;
  }

  /** @param kept of what is granted, while something holds the session; null: nothing does */
  rule(granted: number, kept: number | null, isRevoke: boolean): void {
    const before = { granted: this.granted, inForce: this.inForce };
    this.granted = granted;
    this.inForce = granted & (kept ?? granted);
    this.toViewer.push({ granted, inForce: this.inForce, isRevoke });
    for (const [bit, direction] of [[up, this.incoming], [down, this.outgoing]] as const) {
      if (isRevoke && (before.granted & ~granted & bit) !== 0) direction.endAll("not-allowed");
      if ((before.inForce & bit) !== 0 && (this.inForce & bit) === 0) direction.break();
      if ((before.inForce & bit) === 0 && (this.inForce & bit) !== 0) direction.renew();
    }
  }

  offer(file: FakeFile, name: string): number {
    return this.outgoing.offer([this.#ahead.source({ file, path: [name] })])[0] ?? 0;
  }

  take(message: FileMessage): void {
    if (message.type === "REQUEST") this.requests.push(message.what);
    else if (message.type === "RENEWED" || ("id" in message && senderOf(message.id) === "viewer")) {
      if ((this.inForce & up) !== 0) this.incoming.take(message);
    } else if ((this.inForce & down) !== 0) this.outgoing.take(message);
  }

  async send(): Promise<void> {
    const message = await this.outgoing.next();
    if (message !== null) this.toViewer.push(encodeFile(message));
  }
}

class Stage {
  readonly host = new HostFiles();
  readonly store = new MemoryStore();
  readonly clock = new ManualClock();
  readonly reports = new Map<number, TransferReport>();
  readonly answers: (number | null)[] = [];
  readonly toHost: Uint8Array[] = [];
  readonly traffic: FileTraffic;
  readonly sent = new Map<number, FakeFile>();
  readonly below: (limit: number) => number;
  failure: unknown = null;
  #nextId = 1;

  constructor(seed = 1) {
    this.below = numbers(seed);
    this.traffic = new FileTraffic({
      clock: this.clock,
      store: this.store,
      events: {
        transfers: (changed) => changed.forEach((report) => this.reports.set(report.id, report)),
        arrived: () => undefined,
        answered: (group) => this.answers.push(group),
      },
      hasMore: () => undefined,
      failed: (error) => (this.failure ??= error),
    });
  }

  send(file: FakeFile, ...path: string[]): number {
    this.traffic.offer([{ file, path }]);
    this.sent.set(this.#nextId, file);
    this.#nextId += 2;
    return this.#nextId - 2;
  }

  /** One message from the viewer into the line. */
  async speak(): Promise<void> {
    const message = this.traffic.next();
    if (message !== null) this.toHost.push(encodeFile(message));
    else await turns(1);
  }

  async hear(): Promise<void> {
    const bytes = this.toHost.shift();
    if (bytes !== undefined) this.host.take(decodeFile(bytes, "viewer"));
    await this.host.incoming.idle;
  }

  answer(): void {
    const next = this.host.toViewer.shift();
    if (next === undefined) return;
    if (next instanceof Uint8Array) this.traffic.take(decodeFile(next, "host"));
    else this.traffic.granted(next);
  }

  /** The connection breaks and comes back, and the host says what is in force. */
  cut(): void {
    const { granted } = this.host;
    this.host.rule(granted, 0, false);
    this.toHost.length = this.host.toViewer.length = 0;
    this.traffic.lost();
    this.host.rule(granted, null, false);
  }

  async acceptAll(): Promise<void> {
    await this.clock.advance(200);
    for (const { id, stage } of this.reports.values()) if (stage === "offered" && senderOf(id) === "host") this.traffic.accept(id);
  }

  async settle(): Promise<void> {
    this.host.rule(both, null, false);
    for (let round = 0; round < 40_000; round++) {
      await this.speak();
      await this.hear();
      await this.host.send();
      this.answer();
      if (round % 50 !== 0) continue;
      for (const id of this.sent.keys()) {
        this.traffic.hold(id, false);
        this.host.outgoing.hold(id, false);
        this.host.incoming.hold(id, false);
      }
      await this.acceptAll();
      const isIdle = this.toHost.length + this.host.toViewer.length + this.host.outgoing.unfinished + this.host.incoming.unfinished === 0;
      const areOver = [...this.sent.keys()].every((id) => this.reports.get(id)?.stage === "ended" || (senderOf(id) === "host" && !this.reports.has(id)));
      if (isIdle && areOver && !this.traffic.hasNext) return;
    }
    throw new Error(`they do not come to an end: ${JSON.stringify([...this.reports.values()])}`);
  }

  /** What arrived is what was sent; how many files. */
  check(): number {
    if (this.failure !== null || this.host.failure !== null) throw (this.failure ?? this.host.failure) as Error;
    let arrived = 0;
    for (const [id, file] of this.sent) {
      const [store, name] = senderOf(id) === "viewer" ? [this.host.store, this.host.arrived.get(id)] : [this.store, nameOf(this.reports.get(id))];
      if (name === undefined) continue;
      arrived++;
      expect(Buffer.compare(store.files.get(name) ?? new Uint8Array(), file.content())).toBe(0);
    }
    expect(this.host.store.files.size + this.store.files.size).toBe(arrived);
    expect([this.host.store.parts, this.store.parts]).toEqual([0, 0]);
    return arrived;
  }
}

function nameOf(report: TransferReport | undefined): string | undefined {
  return report?.end !== null && report?.end !== undefined && "name" in report.end ? report.end.name : undefined;
}

async function chaos(stage: Stage): Promise<void> {
  const { below, host } = stage;
  const dice = below(100);
  const id = [...stage.sent.keys()][below(stage.sent.size)] ?? 1;
  if (dice < 30) await stage.speak();
  else if (dice < 50) await stage.hear();
  else if (dice < 65) await host.send();
  else if (dice < 85) stage.answer();
  else if (dice < 88) await stage.acceptAll();
  else if (dice < 90) stage.traffic.hold(id, below(2) === 0);
  else if (dice < 91) (senderOf(id) === "viewer" ? host.incoming : host.outgoing).hold(id, below(2) === 0);
  else if (dice < 94) host.rule(host.granted, below(2) === 0 ? 0 : both, false);
  else if (dice < 96) host.rule(host.granted | both, null, false);
  else if (dice < 98) stage.cut();
  else if (below(10) === 0) host.rule(host.granted & ~(below(2) === 0 ? up : down), null, true);
  else if (below(10) === 0) stage.traffic.cancel(id);
}

test("both ways at once, with stops, takings back and lost connections: as they are, or not at all [invariant:7]", async () => {
  const sizes = [0, 1, fileLimits.largestContent, fileLimits.mostCredit, fileLimits.mostCredit + 1, 1_400_000];
  let arrived = 0;
  for (let seed = 1; seed <= 20; seed++) {
    const stage = new Stage(seed);
    try {
      stage.host.rule(both, null, false);
      for (let count = stage.below(3); count >= 0; count--) {
        stage.send(new FakeFile(sizes[stage.below(sizes.length)] ?? 0, seed + count), "folder", `up ${count}`);
        const file = new FakeFile(sizes[stage.below(sizes.length)] ?? 0, seed + count + 7);
        stage.sent.set(stage.host.offer(file, `down ${count}`), file);
      }
      for (let steps = 0; steps < 600; steps++) await chaos(stage);
      await stage.settle();
      arrived += stage.check();
    } catch (error) {
      throw new Error(`seed ${seed}`, { cause: error });
    }
  }
  expect(arrived).toBeGreaterThan(25);
}, 120_000);

test("what was picked before the customer allowed it waits, and goes when it is allowed", async () => {
  const stage = new Stage();
  stage.send(new FakeFile(40_000), "a.bin");
  await stage.clock.advance(200);
  expect(stage.reports.get(1)).toMatchObject({ stage: "held-off", path: ["a.bin"], size: 40_000 });
  expect(stage.traffic.hasNext).toBe(false);
  await stage.settle();
  expect(stage.check()).toBe(1);
});

test("a no to sending ends what waited for it, and nothing was ever said of it", async () => {
  const stage = new Stage();
  stage.send(new FakeFile(10), "a.bin");
  stage.traffic.declined();
  await stage.clock.advance(200);
  expect(stage.reports.get(1)?.end).toEqual({ reason: "declined" });
  expect(stage.traffic.hasNext).toBe(false);
});

test("while Stop holds, nothing of files leaves, and what waited is not sent later [invariant:2]", async () => {
  const stage = new Stage();
  stage.host.rule(both, null, false);
  stage.answer();
  stage.send(new FakeFile(300_000), "a.bin");
  for (let round = 0; round < 6; round++) {
    await stage.speak();
    await stage.hear();
    stage.answer();
    await turns(2);
  }
  expect(stage.traffic.hasNext).toBe(true);
  stage.traffic.granted({ granted: both, inForce: 0, isRevoke: false });
  stage.traffic.hold(1, true);
  stage.traffic.request("invoices");
  await turns(5);
  expect([stage.traffic.hasNext, stage.traffic.next()]).toEqual([false, null]);
  stage.traffic.granted({ granted: both, inForce: both, isRevoke: false });
  expect([stage.traffic.next()?.type, stage.traffic.next()?.type, stage.traffic.next()]).toEqual(["RENEWED", "OFFER", null]);
});

test("what a permission that is taken back has ended is told at once: it must not seem to wait for the permission", () => {
  const stage = new Stage();
  stage.traffic.granted({ granted: up, inForce: up, isRevoke: false });
  stage.send(new FakeFile(10), "up");
  stage.traffic.granted({ granted: 0, inForce: 0, isRevoke: true });
  expect(stage.reports.get(1)?.end).toEqual({ reason: "not-allowed" });
});

test("a permission that is taken back ends every transfer of its direction, and removes the parts", async () => {
  const stage = new Stage();
  stage.host.rule(both, null, false);
  stage.sent.set(stage.host.offer(new FakeFile(900_000), "down"), new FakeFile(900_000));
  stage.send(new FakeFile(10), "up");
  stage.host.wantsAll = false;
  for (let round = 0; round < 60; round++) {
    await stage.speak();
    await stage.hear();
    await stage.host.send();
    stage.answer();
    await stage.acceptAll();
  }
  expect(stage.store.parts).toBe(1);
  expect(stage.reports.get(2)?.done).toBeGreaterThan(0);
  stage.host.rule(up, null, true);
  while (stage.host.toViewer.length > 0) stage.answer();
  await turns(3);
  await stage.clock.advance(200);
  expect(stage.store.parts).toBe(0);
  expect(stage.reports.get(2)?.end).toEqual({ reason: "not-allowed" });
  expect(stage.reports.get(1)).toMatchObject({ stage: "offered", end: null });
});

test("the end of the session removes every part and says nothing more", async () => {
  const stage = new Stage();
  stage.host.rule(both, null, false);
  stage.sent.set(stage.host.offer(new FakeFile(900_000), "down"), new FakeFile(900_000));
  stage.send(new FakeFile(5_000_000), "up");
  for (let round = 0; round < 30; round++) {
    await stage.speak();
    await stage.host.send();
    stage.answer();
    await stage.acceptAll();
    await stage.hear();
  }
  await stage.traffic.end();
  expect([stage.store.parts, stage.traffic.hasNext]).toEqual([0, false]);
  expect([1, 2].map((id) => stage.reports.get(id)?.end)).toEqual([{ reason: "not-allowed" }, { reason: "not-allowed" }]);
});

test("one request at a time, twenty in a session, and an answer to none is a breach", async () => {
  const stage = new Stage();
  expect(stage.traffic.request("before it is allowed")).toBe(false);
  stage.host.rule(both, null, false);
  stage.answer();
  for (let number = 1; number <= fileLimits.mostRequests; number++) {
    expect([stage.traffic.request(`no. ${number}`), stage.traffic.request("too early")]).toEqual([true, false]);
    stage.traffic.take({ type: "ANSWER", request: number, group: number === 1 ? 0 : number });
  }
  expect(stage.traffic.request("too many")).toBe(false);
  expect(stage.answers.slice(0, 2)).toEqual([0, 2]);
  expect(() => stage.traffic.take({ type: "ANSWER", request: 3, group: 1 })).toThrow(expect.objectContaining({ reason: "InvalidValue" }));
});

test("a request that was under way when the line broke may be asked again, and its late answer is no breach", () => {
  const stage = new Stage();
  stage.host.rule(both, null, false);
  stage.answer();
  stage.traffic.request("invoices");
  stage.traffic.next();
  stage.cut();
  stage.answer();
  expect(stage.answers).toEqual([null]);
  expect(stage.traffic.request("invoices")).toBe(true);
  stage.traffic.take({ type: "ANSWER", request: 1, group: 4 });
  stage.traffic.take({ type: "ANSWER", request: 2, group: 6 });
  expect(stage.answers).toEqual([null, 6]);
});

test("after a break no more is read again than the other side may lack [invariant:7]", async () => {
  const stage = new Stage();
  stage.host.rule(both, null, false);
  const file = new FakeFile(12_000_000);
  stage.send(file, "large.bin");
  let cuts = 0;
  for (let round = 0; round < 20_000 && stage.host.arrived.size === 0; round++) {
    await stage.speak();
    await stage.hear();
    stage.answer();
    if (round % 150 !== 149 || stage.host.arrived.size > 0) continue;
    stage.cut();
    cuts++;
  }
  await stage.settle();
  expect(stage.check()).toBe(1);
  const read = file.reads.reduce((sum, [start, end]) => sum + end - start, 0);
  expect(cuts).toBeGreaterThanOrEqual(5);
  // Two blocks that were read ahead, and what lies between the last mark and the break.
  expect(read).toBeLessThanOrEqual(file.size + cuts * 4_500_000);
});

test.each([
  [125_000, 140_000],
  [1_250_000, 280_000],
])("where buffers behind the socket swallow everything at %i bytes a second, no more than %i bytes of a file stand in them", async (bytesPerSecond, most) => {
  const { traffic, clock, ...stage } = new Stage();
  traffic.granted({ granted: up, inForce: up, isRevoke: false });
  traffic.offer([{ file: new FakeFile(fileLimits.largestFile), path: ["large.bin"] }]);
  traffic.take({ type: "ACCEPT", id: 1, offset: 0, hash: new Sha256().digest(), credit: fileLimits.mostCredit });
  let [sent, arrived, told, worst] = [0, 0, 0, 0];
  const [steps, stepMilliseconds] = [1_000, 5];
  for (let step = 1; step <= steps; step++) {
    await clock.advance(stepMilliseconds);
    await turns(2);
    while (traffic.hasNext) {
      const message = traffic.next();
      if (message?.type === "CHUNK") sent += message.content.length;
      await turns(1);
    }
    arrived = Math.min(sent, arrived + (bytesPerSecond * stepMilliseconds) / 1000);
    if (step > steps / 3) worst = Math.max(worst, sent - arrived);
    if (arrived - told < 65_536) continue;
    told = Math.floor(arrived);
    traffic.take({ type: "CREDIT", id: 1, credit: told + fileLimits.mostCredit });
  }
  expect(stage.failure).toBeNull();
  expect(worst).toBeLessThanOrEqual(most);
  expect(arrived).toBeGreaterThan(((bytesPerSecond * steps * stepMilliseconds) / 1000) * 0.8);
});
