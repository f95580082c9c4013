// The facts about the customer's computer in the technician's words. Texts among the values are the peer's.

import type { Fact } from "../protocol/facts.ts";
import type { Say, TextKey } from "./texts/texts.ts";

/** Memory is counted in powers of two and drives in powers of ten, as their makers do; people call both gigabytes. */
const gibibyte = 1024 ** 3;
const gigabyte = 1e9;

const networks: readonly TextKey[] = ["facts.network.none", "facts.network.cable", "facts.network.wireless", "facts.network.mobile", "facts.network.other"];

/** What a fact is called, and its value. */
export function wordsOf(say: Say, { fact, text, numbers }: Fact): readonly [name: string, value: string] {
  const [first = 0, second = 0, third = 0] = numbers;
  const parts = (unit: number): string => say("facts.free", { free: tenths(say, second / unit), all: tenths(say, first / unit) });
  switch (fact) {
    case "SYSTEM":
      return [say("facts.system"), text];
    case "KERNEL":
      return [say("facts.kernel"), text];
    case "COMPUTER_NAME":
      return [say("facts.computerName"), text];
    case "PROCESSOR":
      return [say("facts.processor"), say("facts.threads", { model: text, count: first })];
    case "MEMORY":
      return [say("facts.memory"), parts(gibibyte)];
    case "DISK":
      return [say("facts.disk", { name: text }), parts(gigabyte)];
    case "DISPLAY":
      return [say("facts.display"), say("facts.displayValue", { width: first, height: second, scale: third })];
    case "UPTIME":
      return [say("facts.uptime"), say("facts.uptimeValue", { hours: Math.floor(first / 60), minutes: first % 60 })];
    case "LANGUAGE":
      return [say("facts.language"), text];
    case "TIME_ZONE":
      return [say("facts.timeZone"), text];
    case "DESKTOP":
      return [say("facts.desktop"), text];
    case "NETWORK":
      return [say("facts.network"), say(networks[first] ?? "facts.network.other")];
    case "BATTERY":
      return [say("facts.battery"), say(second === 1 ? "facts.batteryMains" : "facts.batteryValue", { percent: first })];
    case "PROGRAM":
      return [say("facts.program"), text];
  }
}

/** The whole list for somebody's notes: a line for each. */
export function asText(say: Say, facts: readonly Fact[]): string {
  return facts.map((fact) => wordsOf(say, fact).join(": ")).join("\n");
}

function tenths(say: Say, value: number): string {
  return value.toFixed(1).replace(".", say("facts.decimal"));
}
