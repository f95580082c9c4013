// The technician's countersignatures under the customer's log (docs/protocol/10-customer-log.md "Countersignatures").

import { describe, expect, test } from "vitest";
import { decodeCertificate } from "../../src/protocol/certificate.ts";
import type { ControlMessage } from "../../src/protocol/control.ts";
import { lv } from "../../src/protocol/lv.ts";
import { ascii } from "../../src/protocol/wire.ts";
import { verify } from "../customer/certificate-check.ts";
import { until } from "../manual-clock.ts";
import { active, ended, heard, sharedOrganization, type Harness } from "./harness.ts";

const head = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);

async function aKey(): Promise<Uint8Array> {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
  return new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
}

type Answer = Extract<ControlMessage, { readonly type: "COUNTERSIGNED" }>;

function answers({ host }: Harness): Answer[] {
  return host.control.filter((message): message is Answer => message.type === "COUNTERSIGNED");
}

async function logged(key: Uint8Array): Promise<Harness> {
  const harness = await active();
  await harness.host.sendControl({ type: "LOG_KEY", key });
  await harness.host.sendControl({ type: "LOG_HEAD", entry: 1, head: head(1) });
  await until("the first signature", () => answers(harness).length === 1);
  return harness;
}

describe("countersignatures", () => {
  test("a head is signed for this session and this log, and for nothing else", async () => {
    const key = await aKey();
    const harness = await logged(key);
    const { certificate } = await sharedOrganization();
    const point = decodeCertificate(certificate).publicKey;
    const { signature, entry } = answers(harness)[0] as Answer;
    const sessionId = harness.diary.session?.sessionId as Uint8Array;
    const signed = (session: Uint8Array, logKey: Uint8Array, hash: Uint8Array) => lv(ascii("RS1 log countersignature"), session, logKey, hash);
    expect(entry).toBe(1);
    expect(await verify(point, signature, signed(sessionId, key, head(1)))).toBe(true);
    expect(await verify(point, signature, signed(head(0).subarray(0, 16), key, head(1)))).toBe(false);
    expect(await verify(point, signature, signed(sessionId, await aKey(), head(1)))).toBe(false);
  });

  test("a head before any key, and another key, break the protocol", async () => {
    const first = await active();
    await first.host.sendControl({ type: "LOG_HEAD", entry: 1, head: head(1) });
    expect(await ended(first)).toBe("protocol-error");
    const second = await logged(await aKey());
    await second.host.sendControl({ type: "LOG_KEY", key: await aKey() });
    expect(await ended(second)).toBe("protocol-error");
    expect(answers(first)).toHaveLength(0);
  });

  test("the head of the technician's own end is signed after CLOSE, and nothing else is heard or said", async () => {
    const harness = await logged(await aKey());
    const { host, session, diary, socket } = harness;
    session.end("technician-ended");
    expect(session.state).toBe("ended");
    await until("CLOSE", () => host.control.some(({ type }) => type === "CLOSE"));
    expect(socket.closedWith).toBeNull();
    const grants = diary.permissions.length;
    await host.grant(0b1);
    // One that was on its way when the technician ended, and the one of the end behind it.
    await host.sendControl({ type: "LOG_HEAD", entry: 2, head: head(2) });
    await until("the signature under the first", () => answers(harness).length === 2);
    expect(socket.closedWith).toBeNull();
    await host.sendControl({ type: "LOG_HEAD", entry: 3, head: head(3) });
    await until("the last signature", () => answers(harness).length === 3);
    expect(host.control.slice(-3).map(({ type }) => type)).toEqual(["CLOSE", "COUNTERSIGNED", "COUNTERSIGNED"]);
    // Until then the page keeps this side alive.
    expect(diary.isOver).toBe(false);
    socket.lose(1000);
    await until("the very end", () => diary.isOver);
    expect(diary.permissions).toHaveLength(grants);
    expect(harness.clock.waiting).toBe(0);
  });

  test("a program that sends no head of the end is waited for one second", async () => {
    const harness = await logged(await aKey());
    harness.session.end("technician-ended");
    await until("CLOSE", () => harness.host.control.some(({ type }) => type === "CLOSE"));
    await harness.clock.advance(1_000);
    expect(harness.socket.closedWith).toBe(1000);
    expect(harness.clock.waiting).toBe(0);
  });

  test("the head of the customer's end is signed although CLOSE stands right behind it", async () => {
    const harness = await logged(await aKey());
    await harness.host.sendControl({ type: "LOG_HEAD", entry: 2, head: head(2) });
    await harness.host.sendControl({ type: "CLOSE", reason: "customer-ended" });
    expect(await ended(harness)).toBe("customer-ended");
    await until("the last signature", () => answers(harness).length === 2);
    await until("the socket", () => harness.socket.closedWith === 1000);
    expect(harness.clock.waiting).toBe(0);
  });

  test("a session without a log ends as before", async () => {
    const harness = await active();
    await heard(harness);
    harness.session.end("technician-ended");
    await until("the socket", () => harness.socket.closedWith === 1000);
    expect(answers(harness)).toHaveLength(0);
  });
});
