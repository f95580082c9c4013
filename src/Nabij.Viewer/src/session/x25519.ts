// X25519 for one side of a run (docs/protocol/02-handshake.md "Primitives"): WebCrypto where it has X25519, with a
// private key that cannot be read; @noble/curves, loaded only then, where it has not.

const shareBytes = 32;

/** The base point 9, for the shares of a resume. */
export const basePoint: Uint8Array<ArrayBuffer> = new Uint8Array(shareBytes);
basePoint[0] = 9;

/** A scalar of one run. */
export type Scalar = {
  /** X25519(scalar, u): 32 bytes, or null when the result is all zero or the platform refuses. */
  multiply(u: Uint8Array): Promise<Uint8Array<ArrayBuffer> | null>;
};

/** A received share must be below p = 2^255 - 19, so that there is one encoding and all platforms refuse alike. */
export function isCanonicalShare(share: Uint8Array): boolean {
  if (share.length !== shareBytes) return false;
  const last = share[31] ?? 0;
  if (last > 0x7f) return false;
  if (last < 0x7f || (share[0] ?? 0) < 0xed) return true;
  return share.subarray(1, 31).some((byte) => byte !== 0xff);
}

/** A fresh random scalar. */
export async function generateScalar(): Promise<Scalar> {
  const { subtle } = globalThis.crypto;
  let generated: CryptoKeyPair;
  try {
    generated = (await subtle.generateKey({ name: "X25519" }, false, ["deriveBits"])) as CryptoKeyPair;
  } catch {
    return scalarFromBytes(globalThis.crypto.getRandomValues(new Uint8Array(shareBytes)));
  }
  return scalarFromKey(generated.privateKey);
}

/** Multiplies by a private key of WebCrypto; `u` is imported as if it were a public key. */
export function scalarFromKey(privateKey: CryptoKey): Scalar {
  return {
    async multiply(u) {
      const { subtle } = globalThis.crypto;
      try {
        const point = await subtle.importKey("raw", Uint8Array.from(u), { name: "X25519" }, false, []);
        return notZero(new Uint8Array(await subtle.deriveBits({ name: "X25519", public: point }, privateKey, 8 * shareBytes)));
      } catch {
        return null;
      }
    },
  };
}

/** Multiplies in script. */
export async function scalarFromBytes(scalar: Uint8Array): Promise<Scalar> {
  const { x25519 } = await import("@noble/curves/ed25519.js");
  return {
    async multiply(u) {
      await Promise.resolve();
      try {
        return notZero(Uint8Array.from(x25519.scalarMult(scalar, u)));
      } catch {
        return null;
      }
    },
  };
}

function notZero(result: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | null {
  let bits = 0;
  for (const byte of result) bits |= byte;
  return bits === 0 ? null : result;
}
