import { expect, test } from "vitest";
import { factKinds, type Fact, type FactName } from "../protocol/facts.ts";
import { asText, wordsOf } from "./fact-words.ts";
import { sayIn } from "./texts/texts.ts";

const numbers: Partial<Record<FactName, readonly number[]>> = {
  PROCESSOR: [8], MEMORY: [17_179_869_184, 8_589_934_592], DISK: [500_000_000_000, 123_400_000_000], DISPLAY: [1920, 1080, 125], UPTIME: [125], NETWORK: [2], BATTERY: [87, 1],
};
const facts: readonly Fact[] = (Object.keys(factKinds) as FactName[]).map((fact) => ({ fact, text: numbers[fact] === undefined || fact === "DISK" || fact === "PROCESSOR" ? "x" : "", numbers: numbers[fact] ?? [] }));

test.each([
  ["en", "Memory: 8.0 of 16.0 GB free", "Drive x: 123.4 of 500.0 GB free", "Switched on for: 2 h 5 min"],
  ["nl", "Geheugen: 8,0 van 16,0 GB vrij", "Schijf x: 123,4 van 500,0 GB vrij", "Staat aan: 2 u 5 min"],
] as const)("every fact is a line of its own in %s", (language, memory, disk, uptime) => {
  const lines = asText(sayIn(language), facts).split("\n");
  expect(lines.length).toBe(facts.length);
  for (const line of [memory, disk, uptime]) expect(lines).toContain(line);
});

test("a kind of network that is not known is another one", () => {
  const say = sayIn("en");
  expect(wordsOf(say, { fact: "NETWORK", text: "", numbers: [9] })).toEqual(wordsOf(say, { fact: "NETWORK", text: "", numbers: [4] }));
});
