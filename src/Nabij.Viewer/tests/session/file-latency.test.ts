// How long a key waits while a file goes up: the bytes that stand before it in the socket of a line of known speed.

import { expect, test } from "vitest";
import { Sha256 } from "../../src/files/sha256.ts";
import { fileLimits } from "../../src/protocol/files.ts";
import { permissions } from "../../src/protocol/permissions.ts";
import { FakeFile } from "../files/fake-file.ts";
import { turns, until } from "../manual-clock.ts";
import { connected } from "./harness.ts";

/** SHA-256 of no bytes. */
const nothing = new Sha256().digest();
const all = permissions.VIEW | permissions.KEYBOARD | permissions.FILES_TO_HOST;

test.each([
  [125_000, 32_768 + 16_500],
  [1_250_000, 32_768 + 16_500],
  [20_000_000, 20_000_000 / 100 + 16_500 * 2],
])("on a line of %i bytes a second no key finds more than %i before it", async (bytesPerSecond, most) => {
  const { session, host, socket, clock } = await connected({ join: { requested: all } });
  const waits: number[] = [];
  let sentBytes = 0;
  let largeRecords = 0;
  const chunks = () => host.files.filter((message) => message.type === "CHUNK");
  const hear = socket.onSent;
  socket.onSent = (data) => {
    sentBytes += data.length;
    if (data.length < 600) waits.push(socket.buffered);
    else largeRecords++;
    socket.buffered += data.length;
    hear(data);
  };
  await host.grant(all);
  await until("the grant", () => session.state === "active");
  session.files.offer([{ file: new FakeFile(fileLimits.largestFile), path: ["large.bin"] }]);
  await until("the offer", () => host.files.length === 1);
  await host.sendFile({ type: "ACCEPT", id: 1, offset: 0, hash: nothing, credit: fileLimits.mostCredit });
  await turns(20);
  waits.length = 0;
  const began = sentBytes;
  const [steps, stepMilliseconds] = [250, 2];
  for (let step = 1; step <= steps; step++) {
    await clock.advance(stepMilliseconds);
    socket.buffered = Math.max(0, socket.buffered - (bytesPerSecond * stepMilliseconds) / 1000);
    await turns(6);
    if (step % 10 === 0) session.sendInput([{ type: "TEXT", text: "x" }]);
    await until("the host having what was sent", () => chunks().length === largeRecords);
    const sent = chunks().reduce((sum, { content }) => sum + content.length, 0);
    await host.sendFile({ type: "CREDIT", id: 1, credit: sent + fileLimits.mostCredit });
  }
  await until("the keys", () => host.input.length >= steps / 10);
  // Two keys that follow each other closely may share a record.
  expect(waits.length).toBeGreaterThanOrEqual(steps / 20);
  expect(Math.max(...waits)).toBeLessThanOrEqual(most);
  // And the line is not left idle for it.
  expect(sentBytes - began).toBeGreaterThan((bytesPerSecond * steps * stepMilliseconds * 0.7) / 1000);
});
