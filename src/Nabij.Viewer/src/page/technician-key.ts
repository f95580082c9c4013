// The technician's signing key: ECDSA P-256, made in this browser, not extractable, kept in IndexedDB. The server only
// certifies its public half. A script injected into this page could use it while the page is open, but never take it.

import { toHex } from "../protocol/hex.ts";
import { DeskProblem, type DeskApi, type IssuedCertificate } from "./desk-api.ts";

/** What a session needs to prove who asks. */
export interface TechnicianProof extends IssuedCertificate {
  readonly signingKey: CryptoKey;
}

const databaseName = "nabij-desk";
const storeName = "signing-keys";
/** A certificate that ends sooner is asked for anew, so that it lasts until the customer has typed their yes. */
const reserveMilliseconds = 60 * 60 * 1000;
const algorithm = { name: "ECDSA", namedCurve: "P-256" } as const;

export class TechnicianKey {
  readonly #api: DeskApi;
  readonly #owner: string;
  #proof: Promise<TechnicianProof> | null = null;
  #usableUntil = 0;

  /** @param owner whose key it is: technicians who share a browser share no key */
  constructor(api: DeskApi, owner: string) {
    this.#api = api;
    this.#owner = owner;
  }

  /** Key and certificate; asks the server when there is none or it has served for long. Raises DeskProblem. */
  proof(): Promise<TechnicianProof> {
    if (this.#proof === null || Date.now() > this.#usableUntil) {
      this.#usableUntil = Number.POSITIVE_INFINITY;
      const proof = this.#make();
      this.#proof = proof;
      // What failed once may work the next time.
      proof.catch(() => {
        if (this.#proof === proof) this.#proof = null;
      });
    }
    return this.#proof;
  }

  async #make(): Promise<TechnicianProof> {
    const pair = await keyPairOf(this.#owner);
    const publicKey = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
    const issued = await this.#certificate(publicKey);
    this.#usableUntil = issued.notAfter - reserveMilliseconds;
    return { ...issued, signingKey: pair.privateKey };
  }

  /** Where the organization's key is kept elsewhere, the technician is told what to read out there. */
  async #certificate(publicKey: Uint8Array<ArrayBuffer>): Promise<IssuedCertificate> {
    try {
      return await this.#api.certificate(publicKey);
    } catch (error) {
      const isUncertified = error instanceof DeskProblem && (error.text === "problem.uncertified" || error.text === "problem.certificateExpired");
      throw isUncertified ? new DeskProblem(error.text, { key: await fingerprint(publicKey) }) : error;
    }
  }
}

/** How people compare a public key: the first 16 bytes of its SHA-256, as `nabij-server sign` shows it. Made here, not by the server. */
async function fingerprint(publicKey: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", publicKey)).subarray(0, 16);
  return toHex(hash).replace(/.{4}(?=.)/g, "$& ");
}

async function keyPairOf(owner: string): Promise<CryptoKeyPair> {
  let database: IDBDatabase;
  try {
    database = await opened(databaseName);
  } catch {
    throw new DeskProblem("problem.storage");
  }
  try {
    const kept: unknown = await done(database.transaction(storeName).objectStore(storeName).get(owner));
    if (isKeyPair(kept)) return kept;
    const made = await crypto.subtle.generateKey(algorithm, false, ["sign", "verify"]);
    await done(database.transaction(storeName, "readwrite").objectStore(storeName).put(made, owner));
    return made;
  } catch {
    throw new DeskProblem("problem.storage");
  } finally {
    database.close();
  }
}

function isKeyPair(kept: unknown): kept is CryptoKeyPair {
  const pair = kept as Partial<CryptoKeyPair> | null | undefined;
  return pair?.privateKey instanceof CryptoKey && pair.publicKey instanceof CryptoKey && !pair.privateKey.extractable;
}

function opened(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(storeName);
  return done(request);
}

function done<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("storage"));
    if (request instanceof IDBOpenDBRequest) request.onblocked = () => reject(new Error("storage"));
  });
}
