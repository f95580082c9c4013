// ecdsa.json, certificates.json, organization.json, consent.json

import { expect } from "vitest";
import { decodeCertificate } from "../../src/protocol/certificate.ts";
import { toHex } from "../../src/protocol/hex.ts";
import { lv } from "../../src/protocol/lv.ts";
import { ascii } from "../../src/protocol/wire.ts";
import { sha256 } from "../../src/session/crypto.ts";
import { checkCertificate, findOrganizationKey, verify } from "../customer/certificate-check.ts";
import { findBlock, readOrganizationDocument } from "../customer/organization-document.ts";
import { errorOf, expectOutcome, type Members } from "./vector-file.ts";

type Check = (vector: Members) => unknown;

async function checkCertificateCase(vector: Members): Promise<void> {
  const trust = {
    organizationKeys: vector.hexList("organizationKeys"),
    deniedTechnicians: vector.hexList("deniedTechnicians"),
    now: vector.number("now"),
  };
  const atMsg1 = async () => {
    const certificate = decodeCertificate(vector.hex("hex"));
    await findOrganizationKey(certificate, trust.organizationKeys);
    return certificate;
  };
  if (vector.has("error") && vector.text("at") === "MSG1") {
    expect(await errorOf(atMsg1)).toBe(vector.text("error"));
    return;
  }
  const certificate = await atMsg1();
  await expectOutcome(
    vector,
    () => checkCertificate(certificate, trust, vector.number("requested")),
    () => {
      const { organizationKeyHash, technicianId, displayName, publicKey, notBefore, notAfter, rights } = certificate;
      expect({
        organizationKeyHash: toHex(organizationKeyHash),
        technicianId: toHex(technicianId),
        displayName,
        publicKey: toHex(publicKey),
        notBefore,
        notAfter,
        rights,
      }).toEqual(vector.object("fields").value);
    },
  );
}

export const ecdsaChecks: Record<string, Check> = {
  verify: async (vector) =>
    expect(await verify(vector.hex("publicKey"), vector.hex("signature"), vector.hex("message"))).toBe(vector.flag("valid")),
};

export const certificateChecks: Record<string, Check> = { certificate: checkCertificateCase };

export const organizationChecks: Record<string, Check> = {
  document: (vector) =>
    expectOutcome(
      vector,
      () => readOrganizationDocument(vector.hex("hex")),
      (document) => expect({ ...document, keys: document.keys.map(toHex) }).toEqual(vector.object("document").value),
    ),
  block: (vector) =>
    expectOutcome(
      vector,
      () => findBlock(vector.hex("hex")),
      (signed) => expect(signed === null ? null : toHex(signed)).toBe(vector.value["signed"]),
    ),
};

const backupAnswers: Record<string, number> = { yes: 1, no: 2, help: 3 };

export const consentChecks: Record<string, Check> = {
  consent: async (vector) => {
    const fields = vector.object("fields");
    const time = new Uint8Array(8);
    new DataView(time.buffer).setBigUint64(0, BigInt(fields.number("time")));
    const text = (name: string) => new TextEncoder().encode(fields.text(name));
    const record = lv(
      ascii("RS1 consent"),
      text("termsId"),
      text("termsVersion"),
      text("language"),
      fields.hex("termsHash"),
      fields.hex("licenceHash"),
      Uint8Array.of(fields.number("ticks")),
      Uint8Array.of(backupAnswers[fields.text("backup")] ?? 0),
      time,
    );
    expect(toHex(record)).toBe(vector.text("record"));
    expect(toHex(await sha256(record))).toBe(vector.text("hash"));
  },
};
