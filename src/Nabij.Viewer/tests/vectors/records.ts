// records.json: opening and sealing under the file's own table of channels.

import { expect } from "vitest";
import { toHex } from "../../src/protocol/hex.ts";
import { channelRules, type ChannelRules } from "../../src/protocol/records.ts";
import { RecordOpener } from "../../src/session/record-opener.ts";
import { RecordSealer } from "../../src/session/record-sealer.ts";
import { errorOf, type Members } from "./vector-file.ts";

const senders: Record<string, "both" | "viewer" | "host"> = { both: "both", "T>C": "viewer", "C>T": "host" };

function rulesOf(file: Members): ChannelRules {
  return channelRules(
    file.list("channels").map((channel) => ({
      number: channel.number("number"),
      sender: senderOf(channel),
      padded: channel.flag("padded"),
      largestMessage: channel.number("largest"),
      fragmented: channel.flag("fragmented"),
    })),
  );
}

function senderOf(members: Members): "both" | "viewer" | "host" {
  const sender = senders[members.text("direction")];
  if (sender === undefined) throw new RangeError("unknown direction");
  return sender;
}

function startOf(vector: Members) {
  return { epoch: vector.number("epoch"), sequence: vector.number("sequence"), sum: vector.number("sum") };
}

/** `name` in hex, or `name` + Repeat in place of a long one. */
function bytesOf(step: Members, name: string): Uint8Array<ArrayBuffer> {
  if (!step.has(`${name}Repeat`)) return step.hex(name);
  const repeat = step.object(`${name}Repeat`);
  return new Uint8Array(repeat.number("count")).fill(repeat.hex("byte")[0] ?? 0);
}

async function checkOpen(vector: Members, file: Members): Promise<void> {
  const sender = senderOf(vector);
  if (sender === "both") throw new RangeError("a record has one direction");
  const options = { sender, afterResume: vector.flag("afterResume"), start: startOf(vector) };
  const opener = await RecordOpener.create(vector.hex("traffic"), rulesOf(file), options);
  for (const step of vector.list("steps")) {
    if (step.has("error")) {
      expect(await errorOf(() => opener.open(bytesOf(step, "hex")))).toBe(step.text("error"));
      continue;
    }
    const message = await opener.open(bytesOf(step, "hex"));
    if (!step.has("channel")) expect(message).toBeNull();
    else expect(message).toEqual({ channel: step.number("channel"), payload: bytesOf(step, "payload") });
  }
}

/** The same records begun all at once, as a burst on the socket, must give the same messages. */
async function checkOpenBurst(vector: Members, file: Members): Promise<void> {
  const sender = senderOf(vector);
  if (sender === "both") throw new RangeError("a record has one direction");
  const options = { sender, afterResume: vector.flag("afterResume"), start: startOf(vector) };
  const opener = await RecordOpener.create(vector.hex("traffic"), rulesOf(file), options);
  const begun = vector.list("steps").map((step) => ({ step, opening: opener.begin(bytesOf(step, "hex")) }));
  for (const { step, opening } of begun) {
    if (step.has("error")) expect(await errorOf(() => opener.complete(opening))).toBe(step.text("error"));
    else {
      const message = await opener.complete(opening);
      if (step.has("channel")) expect(message).toEqual({ channel: step.number("channel"), payload: bytesOf(step, "payload") });
      else expect(message).toBeNull();
    }
  }
}

async function checkSeal(vector: Members, file: Members): Promise<void> {
  let now = 0;
  const sealer = await RecordSealer.create(vector.hex("traffic"), rulesOf(file), () => now, startOf(vector));
  let epochBegan = 0;
  for (const step of vector.list("steps")) {
    now = epochBegan + step.number("seconds") * 1_000;
    const fragment = { channel: step.number("channel"), more: step.flag("more"), payload: bytesOf(step, "payload") };
    const records = await sealer.seal(fragment);
    expect(records.map(toHex)).toEqual(step.array("records"));
    if (records.length > 1) epochBegan = now;
  }
}

export const recordChecks: Record<string, (vector: Members, file: Members) => unknown> = {
  open: async (vector, file) => {
    await checkOpen(vector, file);
    await checkOpenBurst(vector, file);
  },
  seal: checkSeal,
};
