// The map from a hash to a u-coordinate of curve25519: Elligator 2 of RFC 9380, u only (docs/protocol/02-handshake.md
// "Generator"). BigInt is not constant time; a secret meets it once, with a fresh sid, and the peer never sees a second
// measurement. Never cache its results.

const p = (1n << 255n) - 19n;
const a = 486_662n;

/** Bit 255 of `hash` (32 bytes, little-endian) is cleared, the rest reduced modulo p. */
export function mapHash(hash: Uint8Array): Uint8Array<ArrayBuffer> {
  return mapToCurve(littleEndian(hash) & ((1n << 255n) - 1n));
}

export function mapToCurve(r: bigint): Uint8Array<ArrayBuffer> {
  const v = mod(-a * inverse(mod(1n + 2n * r * r)));
  const w = mod(v * mod(v * mod(v + a) + 1n));
  const isSquare = power(w, (p - 1n) / 2n) === 1n;
  return toLittleEndian(isSquare ? v : mod(-v - a));
}

export function littleEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (let index = bytes.length - 1; index >= 0; index--) value = (value << 8n) | BigInt(bytes[index] ?? 0);
  return value;
}

function toLittleEndian(value: bigint): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(32);
  for (let index = 0; index < 32; index++) bytes[index] = Number((value >> BigInt(8 * index)) & 0xffn);
  return bytes;
}

function mod(value: bigint): bigint {
  const rest = value % p;
  return rest < 0n ? rest + p : rest;
}

function inverse(value: bigint): bigint {
  return power(value, p - 2n);
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = mod(base);
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = mod(result * square);
    square = mod(square * square);
  }
  return result;
}
