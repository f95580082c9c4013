// The host's checks of the technician's certificate (docs/protocol/02-handshake.md, interaction 4), for the tests' host.

import { isPointOfP256, type Certificate } from "../../src/protocol/certificate.ts";
import { HandshakeError } from "../../src/protocol/errors.ts";
import { toHex } from "../../src/protocol/hex.ts";
import { equalConstantTime, sha256 } from "../../src/session/crypto.ts";

const tolerance = 300;

export type CertificateTrust = {
  /** SubjectPublicKeyInfo, 91 bytes each. */
  readonly organizationKeys: readonly Uint8Array[];
  readonly deniedTechnicians: readonly Uint8Array[];
  /** Unix seconds. */
  readonly now: number;
};

/** The organization key that the certificate names. */
export async function findOrganizationKey(certificate: Certificate, keys: readonly Uint8Array[]): Promise<Uint8Array> {
  for (const key of keys) if (equalConstantTime(await sha256(key), certificate.organizationKeyHash)) return key;
  throw new HandshakeError("UnknownOrganization");
}

export async function checkCertificate(certificate: Certificate, trust: CertificateTrust, requested: number): Promise<void> {
  const organizationKey = await findOrganizationKey(certificate, trust.organizationKeys);
  const point = organizationKey.subarray(organizationKey.length - 65);
  if (!(await verify(point, certificate.signature, certificate.signed))) throw new HandshakeError("CertificateSignature");
  if (certificate.notBefore - tolerance > trust.now) throw new HandshakeError("CertificateNotYetValid");
  if (trust.now > certificate.notAfter + tolerance) throw new HandshakeError("CertificateExpired");
  const id = toHex(certificate.technicianId);
  if (trust.deniedTechnicians.some((denied) => toHex(denied) === id)) throw new HandshakeError("CertificateRevoked");
  if ((requested & ~certificate.rights) !== 0) throw new HandshakeError("RightsExceeded");
}

/** ECDSA P-256 with SHA-256, r || s. The point is checked first: Node takes compressed and hybrid ones as well. */
export async function verify(point: Uint8Array, signature: Uint8Array, message: Uint8Array): Promise<boolean> {
  if (!isPointOfP256(point)) return false;
  try {
    const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
    const key = await crypto.subtle.importKey("raw", Uint8Array.from(point), algorithm, false, ["verify"]);
    return await crypto.subtle.verify(algorithm, key, Uint8Array.from(signature), Uint8Array.from(message));
  } catch {
    return false;
  }
}
