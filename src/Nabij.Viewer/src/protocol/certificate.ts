// The technician's certificate (docs/protocol/02-handshake.md "Certificate"): nine lv items and a bare signature.

import { HandshakeError, WireFormatError } from "./errors.ts";
import { LvFields, takeItems } from "./lv.ts";
import { WireReader } from "./wire.ts";

const itemCount = 9;
export const signatureBytes = 64;
export const maximumCertificateBytes = 1_024;

export type Certificate = {
  readonly organizationKeyHash: Uint8Array;
  readonly technicianId: Uint8Array;
  /** The technician's name as the organization certified it: text, never markup. */
  readonly displayName: string;
  /** 0x04 || x || y, a point of P-256. */
  readonly publicKey: Uint8Array;
  /** Unix seconds. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** The most that may be requested. */
  readonly rights: number;
  /** What the signature covers: all bytes before it, as received. */
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
};

export function decodeCertificate(bytes: Uint8Array): Certificate {
  const reader = new WireReader(bytes);
  const items = takeItems(reader, itemCount);
  const signed = bytes.subarray(0, bytes.length - reader.remaining);
  const signature = reader.bytes(signatureBytes);
  reader.end();

  const fields = new LvFields(items);
  fields.label("RS1 cert");
  if (fields.u8() !== 1) throw new WireFormatError("InvalidValue");
  const organizationKeyHash = fields.bytes(32);
  const technicianId = fields.bytes(16);
  const displayName = fields.text(1, 64);
  const publicKey = fields.bytes(65);
  if (!isPointOfP256(publicKey)) throw new HandshakeError("PointInvalid");
  const notBefore = fields.u64();
  const notAfter = fields.u64();
  if (notAfter < notBefore) throw new WireFormatError("InvalidValue");
  const rights = fields.permissions();
  return { organizationKeyHash, technicianId, displayName, publicKey, notBefore, notAfter, rights, signed, signature };
}

// FIPS 186-4 D.1.2.3
const p = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;

/** An uncompressed point with both coordinates below the field prime and on the curve. All of it is public. */
export function isPointOfP256(bytes: Uint8Array): boolean {
  if (bytes.length !== 65 || bytes[0] !== 4) return false;
  const x = bigEndian(bytes.subarray(1, 33));
  const y = bigEndian(bytes.subarray(33));
  if (x >= p || y >= p) return false;
  return (y * y - (x * x * x - 3n * x + b)) % p === 0n;
}

function bigEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return value;
}
