// log.json

import { expect } from "vitest";
import { checkLog } from "../customer/log-check.ts";
import type { Members } from "./vector-file.ts";

export const logChecks: Record<string, (vector: Members) => unknown> = {
  log: async (vector) => {
    const problem = vector.text("problem");
    const found = await checkLog(vector.hex("block"), vector.hexList("trusted"));
    expect(found).toEqual({
      problem: problem === "" ? null : problem,
      at: vector.number("at"),
      entries: vector.number("entries"),
      countersigned: vector.numbers("countersigned", 2),
    });
  },
};
