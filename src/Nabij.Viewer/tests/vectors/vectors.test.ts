// Every case of every file in /vectors. A file or a kind that is not known here is a failure, not a skip.

import { describe, expect, test } from "vitest";
import { certificateChecks, consentChecks, ecdsaChecks, organizationChecks } from "./documents.ts";
import { handshakeChecks } from "./handshake.ts";
import { logChecks } from "./log.ts";
import { clipboardChecks } from "./clipboard.ts";
import { chatChecks, controlChecks, drawingChecks, factsChecks, fileChecks, inputChecks, nameChecks, peopleChecks, rendezvousChecks, screenChecks } from "./messages.ts";
import { cpaceChecks, hkdfChecks, hmacChecks, lvChecks, sasChecks, x25519Checks } from "./primitives.ts";
import { pictureChecks } from "./pictures.ts";
import { pxChecks } from "./px.ts";
import { recordChecks } from "./records.ts";
import { resumeChecks } from "./resume.ts";
import { vectorFiles, type Members } from "./vector-file.ts";

type Checks = Record<string, (vector: Members, file: Members) => unknown>;

const checksByFile: Record<string, Checks> = {
  "lv.json": lvChecks,
  "x25519.json": x25519Checks,
  "cpace.json": cpaceChecks,
  "hkdf.json": hkdfChecks,
  "hmac.json": hmacChecks,
  "sas.json": sasChecks,
  "handshake.json": handshakeChecks,
  "ecdsa.json": ecdsaChecks,
  "certificates.json": certificateChecks,
  "consent.json": consentChecks,
  "organization.json": organizationChecks,
  "log.json": logChecks,
  "records.json": recordChecks,
  "resume.json": resumeChecks,
  "control.json": controlChecks,
  "screen.json": screenChecks,
  "input.json": inputChecks,
  "chat.json": chatChecks,
  "clipboard.json": clipboardChecks,
  "drawing.json": drawingChecks,
  "facts.json": factsChecks,
  "people.json": peopleChecks,
  "files.json": fileChecks,
  "names.json": nameChecks,
  "pictures.json": pictureChecks,
  "px.json": pxChecks,
  "rendezvous.json": rendezvousChecks,
};

const files = vectorFiles();

test("the folder holds vectors, and every file of it is known", () => {
  expect(files.length).toBeGreaterThan(0);
  expect(files.map(({ name }) => name).filter((name) => checksByFile[name] === undefined)).toEqual([]);
});

describe.each(files.map((file) => [file.name, file] as const))("%s", (name, file) => {
  test("names each case once", () => {
    const names = file.cases.map((vector) => vector.text("name"));
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(file.cases.map((vector) => [vector.text("name"), vector] as const))("%s [invariant:11]", async (_name, vector) => {
    const check = checksByFile[name]?.[vector.text("kind")];
    if (check === undefined) throw new Error(`kind ${vector.text("kind")} of ${name} is not known`);
    await check(vector, file.members);
  });
});
