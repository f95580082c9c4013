// handshake.json: the key schedule, and both sides' state machines step by step.

import { expect } from "vitest";
import { decodeAda, openMessage, readMsg1, stepLimits } from "../../src/protocol/handshake.ts";
import { toHex } from "../../src/protocol/hex.ts";
import { lv } from "../../src/protocol/lv.ts";
import { ascii, concatenate } from "../../src/protocol/wire.ts";
import { generator, generatorString, sessionKey } from "../../src/session/cpace.ts";
import { hkdfExpand, hkdfExtract, hmac, seal, importAesKey, sha256, sha512 } from "../../src/session/crypto.ts";
import { channelIdentifier, checkNumber, expandLabel, sessionIdentifier, sessionKeys, signedBytes } from "../../src/session/key-schedule.ts";
import { TechnicianHandshake, type HandshakeStep } from "../../src/session/technician-handshake.ts";
import { CustomerHandshake, type CustomerStep } from "../customer/customer-handshake.ts";
import { fixedScalar, hex } from "../fixed-scalar.ts";
import { Members } from "./vector-file.ts";

export const handshakeChecks: Record<string, (vector: Members) => unknown> = {
  schedule: checkSchedule,
  customer: checkCustomer,
  technician: checkTechnician,
};

async function checkSchedule(vector: Members): Promise<void> {
  const inputs = vector.object("inputs");
  const values = vector.object("values");
  const ci = channelIdentifier({
    version: inputs.number("version"),
    suite: inputs.number("suite"),
    organizationKeyHash: inputs.hex("organizationKeyHash"),
    origin: inputs.text("origin"),
    nameplate: inputs.text("nameplate"),
  });
  const sid = concatenate(inputs.hex("sidC"), inputs.hex("sidT"));
  const secret = ascii(inputs.text("secret"));
  const string = generatorString(secret, ci, sid);
  const hash = (await sha512(string)).subarray(0, 32);
  const g = await generator(secret, ci, sid);
  const scalarT = await fixedScalar(inputs.hex("scalarT"));
  const shareT = (await scalarT.multiply(g)) ?? hex("");
  const shareC = (await (await fixedScalar(inputs.hex("scalarC"))).multiply(g)) ?? hex("");
  const k = (await scalarT.multiply(shareC)) ?? hex("");
  const isk = await sessionKey(sid, k, { share: shareT, data: inputs.hex("adT") }, { share: shareC, data: inputs.hex("adC") });
  const computed = { ci, generatorString: string, generatorHash: hash, generator: g, shareT, shareC, k, isk };
  for (const [name, value] of Object.entries(computed)) expect([name, toHex(value)]).toEqual([name, values.text(name)]);
  await checkDerived(values, {
    messages: [lv(Uint8Array.of(1), inputs.hex("sidT"), shareT, inputs.hex("adT")), lv(Uint8Array.of(2), shareC, inputs.hex("adC"))],
    content3: lv(inputs.hex("nonceT"), inputs.hex("signature")),
    content4: lv(u32(inputs.number("granted")), text(inputs.text("machineName")), text(inputs.text("userName"))),
    ci,
    sid,
    isk,
    nonces: [inputs.hex("nonceT"), inputs.hex("nonceC")],
  });
}

type Run = {
  readonly messages: readonly [Uint8Array, Uint8Array];
  readonly content3: Uint8Array;
  readonly content4: Uint8Array;
  readonly ci: Uint8Array;
  readonly sid: Uint8Array;
  readonly isk: Uint8Array;
  readonly nonces: readonly [Uint8Array, Uint8Array];
};

/** Every value after ISK, from the chapter's formulas and not through KeySchedule. */
async function checkDerived(values: Members, run: Run): Promise<void> {
  const same = (name: string, bytes: Uint8Array) => expect([name, toHex(bytes)]).toEqual([name, values.text(name)]);
  const th1 = await sha256(lv(ascii("RS1 th1"), run.ci, run.sid, ...run.messages));
  const prk = await hkdfExtract(th1, run.isk);
  same("th1", th1);
  same("prk", prk);
  same("signed", signedBytes(th1));
  const msg3 = await checkBox(values, "T", { prk, transcript: th1, type: 3, content: run.content3 });
  const th2 = await sha256(lv(ascii("RS1 th2"), th1, msg3));
  same("th2", th2);
  const msg4 = await checkBox(values, "C", { prk, transcript: th2, type: 4, content: run.content4 });
  const th3 = await sha256(lv(ascii("RS1 th3"), th2, msg4));
  const master = await hkdfExtract(th3, prk);
  same("th3", th3);
  await checkMaster(values, master);
  expect(await checkNumber(prk, ...run.nonces)).toBe(values.text("checkNumber"));
}

async function checkBox(
  values: Members,
  side: "T" | "C",
  box: { readonly prk: Uint8Array; readonly transcript: Uint8Array; readonly type: number; readonly content: Uint8Array },
): Promise<Uint8Array> {
  const confirm = await expandLabel(box.prk, `confirm ${side}`, 32);
  const key = await expandLabel(box.prk, `hs key ${side}`, 32);
  const iv = await expandLabel(box.prk, `hs iv ${side}`, 12);
  const tag = await hmac(confirm, box.transcript);
  const computed = { [`confirm${side}`]: confirm, [`hsKey${side}`]: key, [`hsIv${side}`]: iv, [`tag${side}`]: tag };
  for (const [name, value] of Object.entries(computed)) expect([name, toHex(value)]).toEqual([name, values.text(name)]);
  return lv(Uint8Array.of(box.type), tag, await seal(await importAesKey(key), iv, tag, box.content));
}

async function checkMaster(values: Members, master: Uint8Array): Promise<void> {
  const keys = await sessionKeys(master);
  const expand = (secret: Uint8Array, label: string, length: number) => hkdfExpand(secret, lv(ascii(label)), length);
  const computed = {
    master,
    trafficTC: keys.trafficT,
    trafficCT: keys.trafficC,
    resume: keys.resume,
    sessionId: await sessionIdentifier(master),
    keyTC: await expand(keys.trafficT, "RS1 key", 32),
    ivTC: await expand(keys.trafficT, "RS1 iv", 12),
    keyCT: await expand(keys.trafficC, "RS1 key", 32),
    ivCT: await expand(keys.trafficC, "RS1 iv", 12),
    nextTC: await expand(keys.trafficT, "RS1 next", 32),
    nextCT: await expand(keys.trafficC, "RS1 next", 32),
  };
  for (const [name, value] of Object.entries(computed)) expect([name, toHex(value)]).toEqual([name, values.text(name)]);
}

async function checkCustomer(vector: Members): Promise<void> {
  const inputs = vector.object("inputs");
  const handshake = new CustomerHandshake({
    ...(await common(inputs)),
    organizationKeys: inputs.hexList("organizationKeys"),
    deniedTechnicians: inputs.hexList("deniedTechnicians"),
    now: inputs.number("now"),
    termsId: inputs.text("termsId"),
    termsVersion: inputs.text("termsVersion"),
    termsHash: inputs.hex("termsHash"),
    acceptanceTime: inputs.number("acceptanceTime"),
    ceiling: inputs.number("ceiling"),
    application: inputs.text("application"),
    granted: inputs.number("granted"),
    machineName: inputs.text("machineName"),
    userName: inputs.text("userName"),
    brokenOffRuns: inputs.number("brokenOffRuns"),
    isRelative: inputs.has("isRelative"),
  });
  for (const step of vector.list("steps")) {
    const outcome = await customerEvent(handshake, step);
    checkReply(outcome.reply, step);
    if (step.has("error")) {
      const expected = { type: "failed", error: step.text("error"), burns: step.flag("burns"), brokenOff: step.flag("brokenOff") };
      expect(outcome).toMatchObject(expected);
    } else expect(outcome.type).toBe(step.has("established") ? "established" : "continue");
    if (outcome.type === "established" && vector.has("values")) checkCustomerLearned(outcome, vector.object("values"));
  }
}

function customerEvent(handshake: CustomerHandshake, step: Members): Promise<CustomerStep> | CustomerStep {
  switch (step.text("event")) {
    case "message":
      return handshake.receive(step.hex("hex"));
    case "closed":
      return handshake.closed();
    case "timeout":
      return handshake.timedOut();
    default:
      throw new RangeError(`unknown event ${step.text("event")}`);
  }
}

function checkCustomerLearned({ session }: Extract<CustomerStep, { type: "established" }>, values: Members): void {
  checkSession(session, values);
  const learned = values.object("learned");
  const { certificate, requested, client } = session.ada;
  const technicianId = certificate === null ? "" : toHex(certificate.technicianId);
  expect({ technicianId, displayName: certificate?.displayName ?? "", requested, client }).toEqual(learned.value);
}

async function checkTechnician(vector: Members): Promise<void> {
  const inputs = vector.object("inputs");
  const signed: Uint8Array[] = [];
  const handshake = new TechnicianHandshake({
    ...(await common(inputs)),
    sidT: inputs.hex("sidT"),
    certificate: inputs.hex("certificate"),
    ...(inputs.has("organizationKeyHash") ? { organizationKeyHash: inputs.hex("organizationKeyHash") } : {}),
    requested: inputs.number("requested"),
    client: inputs.text("client"),
    secondRun: inputs.flag("secondRun"),
    sign: (message) => {
      signed.push(message);
      return Promise.resolve(inputs.hex("signature"));
    },
  });
  for (const step of vector.list("steps")) {
    const outcome = await technicianEvent(handshake, step);
    checkReply(outcome.reply, step);
    if (step.has("error")) expect(outcome).toMatchObject({ type: "failed", error: step.text("error") });
    else if (step.has("retry")) checkRetry(outcome, step.object("retry"));
    else expect(outcome.type).toBe(step.has("established") ? "established" : "continue");
    if (outcome.type === "established" && vector.has("values")) checkTechnicianLearned(outcome, vector.object("values"), inputs.number("requested"));
  }
  if (vector.has("values")) expect(signed.map(toHex)).toEqual([vector.object("values").text("signed")]);
}

function technicianEvent(handshake: TechnicianHandshake, step: Members): Promise<HandshakeStep> | HandshakeStep {
  switch (step.text("event")) {
    case "start":
      return handshake.start();
    case "message":
      return handshake.receive(step.hex("hex"));
    case "closed":
      return handshake.closed();
    case "timeout":
      return handshake.timedOut();
    default:
      throw new RangeError(`unknown event ${step.text("event")}`);
  }
}

function checkRetry(outcome: HandshakeStep, retry: Members): void {
  if (outcome.type !== "retry") throw new Error(`no retry but ${outcome.type}`);
  expect(outcome.offer).toEqual({ versions: retry.numbers("versions", 1), suites: retry.numbers("suites", 2) });
}

function checkTechnicianLearned({ session }: Extract<HandshakeStep, { type: "established" }>, values: Members, requested: number): void {
  checkSession(session, values);
  const learned = values.object("learned");
  const { consent, application, granted, machineName, userName } = session;
  const { ceiling, ...rest } = learned.value;
  expect(session.ceiling).toBe((ceiling as number) & requested);
  expect({ ...consent, termsHash: toHex(consent.termsHash), application, granted, machineName, userName }).toEqual(rest);
}

function checkSession(session: Pick<CustomerStep & { type: "established" }, "session">["session"] | SessionValues, values: Members): void {
  expect(toHex(session.keys.trafficT)).toBe(values.text("trafficTC"));
  expect(toHex(session.keys.trafficC)).toBe(values.text("trafficCT"));
  expect(toHex(session.keys.resume)).toBe(values.text("resume"));
  expect(toHex(session.sessionId)).toBe(values.text("sessionId"));
  expect(session.checkNumber).toBe(values.text("checkNumber"));
}

type SessionValues = Pick<Extract<HandshakeStep, { type: "established" }>["session"], "keys" | "sessionId" | "checkNumber">;

function checkReply(reply: Uint8Array | null, step: Members): void {
  expect(reply === null ? null : toHex(reply)).toBe(step.value["reply"] ?? null);
}

async function common(inputs: Members) {
  return {
    secret: ascii(inputs.text("secret")),
    nameplate: inputs.text("nameplate"),
    origin: inputs.text("origin"),
    sidC: inputs.hex("sidC"),
    versions: inputs.numbers("versions", 1),
    suites: inputs.numbers("suites", 2),
    scalar: await fixedScalar(inputs.hex("scalar")),
    nonce: inputs.hex("nonce"),
  };
}

/** Structure of a MSG1 as the cut tests look at it. */
export function decodeMsg1Whole(bytes: Uint8Array): void {
  const { fields } = openMessage(bytes, stepLimits.MSG1, ["MSG1"]);
  decodeAda(readMsg1(fields).ada, false);
}

function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}
