import { beforeEach, expect, test } from "vitest";
import { Admissions } from "./admissions.ts";
import { DeskProblem } from "./desk-api.ts";
import type { TechnicianProof } from "./technician-key.ts";

let asked: string[];
let fails: boolean;
let time: number;
let admissions: Admissions;
const proof = {} as TechnicianProof;

beforeEach(() => {
  asked = [];
  fails = false;
  time = 1_000_000;
  const ticket = (nameplate: string): Promise<string> => {
    asked.push(nameplate);
    return fails ? Promise.reject(new DeskProblem("problem.offline")) : Promise.resolve(`ticket ${asked.length}`);
  };
  admissions = new Admissions({ ticket }, { proof: () => Promise.resolve(proof) }, () => time);
});

test("what was asked for ahead is taken once", async () => {
  admissions.prepare("417");
  admissions.prepare("417");
  await expect(admissions.take("417")).resolves.toEqual({ proof, ticket: "ticket 1" });
  await expect(admissions.take("417")).resolves.toEqual({ proof, ticket: "ticket 2" });
  expect(asked).toEqual(["417", "417"]);
});

test("a ticket for other digits is not used", async () => {
  admissions.prepare("417");
  await expect(admissions.take("418")).resolves.toMatchObject({ ticket: "ticket 2" });
  admissions.prepare("419");
  admissions.prepare("420");
  await admissions.take("420");
  expect(asked).toEqual(["417", "418", "419", "420"]);
});

test("one that has become old is asked for anew, also when the clock was set back", async () => {
  admissions.prepare("417");
  time += 15_000;
  await expect(admissions.take("417")).resolves.toMatchObject({ ticket: "ticket 2" });
  admissions.prepare("417");
  time -= 3_600_000;
  await expect(admissions.take("417")).resolves.toMatchObject({ ticket: "ticket 4" });
});

test("a failure ahead is told to nobody, and the technician's own try asks again", async () => {
  fails = true;
  admissions.prepare("417");
  await new Promise((resolve) => setImmediate(resolve));
  fails = false;
  await expect(admissions.take("417")).resolves.toMatchObject({ ticket: "ticket 2" });
});

test("a failure of the technician's own try is told", async () => {
  fails = true;
  await expect(admissions.take("417")).rejects.toBeInstanceOf(DeskProblem);
});
