// Files of a whole session against the simulated host: what is told when it ends.

import { expect, test } from "vitest";
import { permissions } from "../../src/protocol/permissions.ts";
import { FakeFile } from "../files/fake-file.ts";
import { until } from "../manual-clock.ts";
import { connected, ended } from "./harness.ts";

const all = permissions.VIEW | permissions.FILES_TO_HOST | permissions.FILES_FROM_HOST;

test("a file that arrived just before the end is told as arrived, and before the end", async () => {
  const harness = await connected({ join: { requested: all } });
  const { session, host, diary } = harness;
  await host.grant(all);
  await until("the grant", () => session.state === "active");
  session.files.offer([{ file: new FakeFile(10), path: ["a"] }, { file: new FakeFile(10), path: ["b"] }]);
  await until("the offers", () => host.files.length === 2);
  await host.sendFile({ type: "VERIFIED", id: 1, name: "a (2)" });
  await host.sendControl({ type: "CLOSE", reason: "customer-ended" });
  expect(await ended(harness)).toBe("customer-ended");
  expect(diary.transfers.get(1)?.end).toEqual({ name: "a (2)" });
  await until("the last word of files", () => diary.transfers.get(3)?.stage === "ended");
  expect(diary.transfers.get(3)?.end).toEqual({ reason: "not-allowed" });
});
