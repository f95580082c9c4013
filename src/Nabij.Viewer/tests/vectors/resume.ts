// resume.json: both sides.

import { expect } from "vitest";
import { toHex } from "../../src/protocol/hex.ts";
import type { LastMessage } from "../../src/protocol/resume.ts";
import { acceptR2, makeR1, type Resumed } from "../../src/session/resume.ts";
import { acceptR1 } from "../customer/customer-resume.ts";
import { fixedScalar } from "../fixed-scalar.ts";
import { expectOutcome, type Members } from "./vector-file.ts";

function idsOf(vector: Members): LastMessage[] {
  return vector.list("ids").map((entry) => ({ channel: entry.number("channel"), id: entry.number("id") }));
}

function checkValues(resumed: Resumed, values: Members): void {
  const { thr, ecdh, master, keys, peerIds } = resumed;
  const computed = { thr, ecdh, master, trafficTC: keys.trafficT, trafficCT: keys.trafficC, resume: keys.resume };
  for (const [name, value] of Object.entries(computed)) expect([name, toHex(value)]).toEqual([name, values.text(name)]);
  expect(peerIds).toEqual(values.array("peerIds"));
}

export const resumeChecks: Record<string, (vector: Members) => unknown> = {
  host: async (vector) => {
    const inputs = {
      sessionId: vector.hex("sessionId"),
      secrets: new Map(vector.list("secrets").map((entry) => [entry.number("n"), entry.hex("secret")] as const)),
      scalar: await fixedScalar(vector.hex("scalar")),
      nonce: vector.hex("nonce"),
      ids: idsOf(vector),
      recentAttempts: vector.number("recentAttempts"),
    };
    const accept = () => acceptR1(inputs, vector.hex("r1"));
    await expectOutcome(vector, accept, ({ r2, resumed }) => {
      expect(toHex(r2)).toBe(vector.text("r2"));
      checkValues(resumed, vector.object("values"));
    });
  },
  viewer: async (vector) => {
    const inputs = {
      sessionId: vector.hex("sessionId"),
      n: vector.number("n"),
      secret: vector.hex("secret"),
      scalar: await fixedScalar(vector.hex("scalar")),
      nonce: vector.hex("nonce"),
      ids: idsOf(vector),
    };
    const r1 = await makeR1(inputs);
    expect(toHex(r1)).toBe(vector.text("r1"));
    const accept = () => acceptR2(inputs, r1, vector.hex("r2"));
    await expectOutcome(vector, accept, (resumed) => checkValues(resumed, vector.object("values")));
  },
};
