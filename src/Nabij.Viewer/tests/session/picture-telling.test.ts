// Telling the customer of a kept picture in whole sessions (docs/protocol/14-kept-pictures.md "Telling the customer").

import { expect, test } from "vitest";
import { permissions } from "../../src/protocol/permissions.ts";
import { turns, until } from "../manual-clock.ts";
import { connected, heard, type Harness } from "./harness.ts";
import type { SimulatedHost } from "./simulated-host.ts";

const number = (first: number): Uint8Array => Uint8Array.from({ length: 16 }, (_, index) => (index === 0 ? first : 9));

const kept = (host: SimulatedHost): number[] => host.control.flatMap((message) => (message.type === "PICTURE_KEPT" ? [message.picture[0] ?? -1] : []));

async function looking(): Promise<Harness> {
  const harness = await connected();
  await harness.host.grant(permissions.VIEW);
  await until("the grant", () => harness.session.state === "active");
  return harness;
}

test("the host is told and its answer is passed on, without any chat", async () => {
  const { session, host, diary } = await looking();
  session.tellPicture(number(1));
  await until("the word", () => kept(host).length === 1);
  expect(diary.picturesTold).toEqual([]);
  await host.sendControl({ type: "PICTURE_NOTED", picture: number(2) });
  await host.sendControl({ type: "PICTURE_NOTED", picture: number(1) });
  await until("the answer", () => diary.picturesTold.length > 0);
  // Once answered it is over: nothing comes of a second one.
  await host.sendControl({ type: "PICTURE_NOTED", picture: number(1) });
  await turns(20);
  expect(diary.picturesTold).toEqual(["1: true"]);
});

test("what the host does not answer within ten seconds is not told", async () => {
  const { session, host, diary, clock } = await looking();
  session.tellPicture(number(1));
  await until("the word", () => kept(host).length === 1);
  // Less than what a silent line is lost for.
  await clock.advance(9_999);
  expect(diary.picturesTold).toEqual([]);
  await clock.advance(1);
  expect(diary.picturesTold).toEqual(["1: false"]);
});

test("before looking is granted, and while the session is held, nothing is sent and nothing is told [invariant:2]", async () => {
  const harness = await connected();
  const { session, host, diary } = harness;
  session.tellPicture(number(1));
  expect(diary.picturesTold).toEqual(["1: false"]);
  await host.grant(permissions.VIEW);
  await until("the grant", () => session.state === "active");
  await host.sendControl({ type: "STOPPED", number: host.number, reason: "private-moment", kept: permissions.CHAT });
  await until("the hold", () => session.state === "stopped");
  session.tellPicture(number(2));
  await host.sendControl({ type: "CONTINUED", number: host.number, permissions: permissions.VIEW });
  await until("going on", () => session.state === "active");
  session.tellPicture(number(3));
  await until("the word", () => kept(host).length === 1);
  expect(diary.picturesTold).toEqual(["1: false", "2: false"]);
  expect(kept(host)).toEqual([3]);
});

test.each(["stop", "taken back", "lost", "ended"])("an answer that cannot come any more is not waited for: %s", async (how) => {
  const harness = await looking();
  const { session, host, diary, socket } = harness;
  session.tellPicture(number(1));
  await until("the word", () => kept(host).length === 1);
  await heard(harness);
  if (how === "stop") await host.sendControl({ type: "STOPPED", number: host.number, reason: "stop", kept: 0 });
  else if (how === "taken back") await host.sendControl({ type: "REVOKE", number: host.number, permissions: 0 });
  else if (how === "lost") socket.lose(1006);
  else session.end("technician-ended");
  await until("the end of waiting", () => diary.picturesTold.length > 0);
  expect(diary.picturesTold).toEqual(["1: false"]);
});

test("of two at once only the newest is waited for", async () => {
  const { session, host, diary } = await looking();
  session.tellPicture(number(1));
  session.tellPicture(number(2));
  expect(diary.picturesTold).toEqual(["1: false"]);
  await until("both words", () => kept(host).length === 2);
  await host.sendControl({ type: "PICTURE_NOTED", picture: number(1) });
  await host.sendControl({ type: "PICTURE_NOTED", picture: number(2) });
  await until("the answer", () => diary.picturesTold.length === 2);
  expect(diary.picturesTold).toEqual(["1: false", "2: true"]);
});

test("a host that tells of pictures itself breaks the protocol", async () => {
  const { session, host, diary } = await looking();
  await host.sendControl({ type: "PICTURE_KEPT", picture: number(1) });
  await until("the end", () => session.state === "ended");
  expect(diary.reason).toBe("protocol-error");
});
