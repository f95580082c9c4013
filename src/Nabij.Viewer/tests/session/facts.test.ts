// Requests for the facts about the customer's computer in whole sessions (docs/protocol/12-system-information.md).

import { expect, test } from "vitest";
import type { Fact } from "../../src/protocol/facts.ts";
import { permissions } from "../../src/protocol/permissions.ts";
import { turns, until } from "../manual-clock.ts";
import { connected, type Harness } from "./harness.ts";

const allowed = permissions.VIEW | permissions.SYSTEM_INFORMATION;
const facts: readonly Fact[] = [{ fact: "SYSTEM", text: "Debian", numbers: [] }, { fact: "NETWORK", text: "", numbers: [1] }];

async function asking(granted: number = allowed): Promise<Harness> {
  const harness = await connected({ join: { requested: allowed } });
  await harness.host.grant(granted);
  await until("the grant", () => harness.session.state === "active");
  harness.session.requestFacts();
  await turns(20);
  return harness;
}

test("the list comes as the customer sent it, and a no as a no; between two requests lie 10 seconds", async () => {
  const { session, host, diary, clock } = await asking();
  await until("the request", () => host.facts.length === 1);
  await host.sendFacts({ type: "FACTS", number: 2, facts });
  await host.sendFacts({ type: "FACTS", number: 1, facts });
  await host.sendFacts({ type: "WITHHELD", number: 1 });
  await until("the list", () => diary.factsGiven.length > 0);
  session.requestFacts();
  await turns(20);
  expect(host.facts.length).toBe(1);
  await clock.advance(10_000);
  await until("the next request", () => host.facts.length === 2);
  expect(host.facts).toEqual([{ type: "REQUEST", number: 1 }, { type: "REQUEST", number: 2 }]);
  await host.sendFacts({ type: "WITHHELD", number: 2 });
  await until("the no", () => diary.factsGiven.length === 2);
  expect(diary.factsGiven).toEqual([facts, null]);
});

test("without the permission nothing is requested [invariant:2]", async () => {
  const { host, diary } = await asking(permissions.VIEW);
  expect(host.facts).toEqual([]);
  expect(diary.factsGiven).toEqual(["gone"]);
});

test("a private moment leaves the request open, Stop and taking back end it", async () => {
  const { session, host, diary } = await asking();
  await until("the request", () => host.facts.length === 1);
  await host.sendControl({ type: "STOPPED", number: host.number, reason: "private-moment", kept: 0xe0 });
  await until("the hold", () => session.state === "stopped");
  expect(diary.factsGiven).toEqual([]);
  await host.sendControl({ type: "STOPPED", number: host.number, reason: "stop", kept: 0 });
  await until("the end of the request", () => diary.factsGiven.length === 1);
  await host.sendFacts({ type: "FACTS", number: 1, facts });
  await turns(20);
  expect(diary.factsGiven).toEqual(["gone"]);
});
