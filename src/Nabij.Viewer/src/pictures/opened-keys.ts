// Pictures keys that were opened with the passphrase, kept by this browser until the sign-in ends: as keys that open pictures
// and that no script can read. What another sign-in opened, or is older than a sign-in can be, is thrown away.

const databaseName = "nabij-pictures";
const storeName = "opened-keys";
/** No sign-in lives longer. */
const longestMilliseconds = 12 * 60 * 60 * 1000;

interface OpenedKey {
  readonly signIn: string;
  readonly until: number;
  readonly key: CryptoKey;
}

export class OpenedKeys {
  readonly #signIn: string;
  /** Where the browser stores nothing, keys hold until the page goes. */
  readonly #held = new Map<string, CryptoKey>();

  /** @param signIn names the sign-in; nothing that was opened under another one is used */
  constructor(signIn: string) {
    this.#signIn = signIn;
  }

  async find(id: string): Promise<CryptoKey | null> {
    const held = this.#held.get(id);
    if (held !== undefined) return held;
    const kept = await use("readonly", (store) => store.get(id)).catch(() => null);
    return this.#isOurs(kept) ? kept.key : null;
  }

  async keep(id: string, key: CryptoKey): Promise<void> {
    this.#held.set(id, key);
    const opened: OpenedKey = { signIn: this.#signIn, until: Date.now() + longestMilliseconds, key };
    await use("readwrite", (store) => store.put(opened, id)).catch(() => undefined);
  }

  /** Throws away what is not this sign-in's. */
  async tidy(): Promise<void> {
    const ids = (await use("readonly", (store) => store.getAllKeys()).catch(() => null)) ?? [];
    for (const id of ids) {
      const kept = await use("readonly", (store) => store.get(id)).catch(() => null);
      if (!this.#isOurs(kept)) await use("readwrite", (store) => store.delete(id)).catch(() => undefined);
    }
  }

  /** The passphrase is asked for again. */
  async forget(): Promise<void> {
    this.#held.clear();
    await use("readwrite", (store) => store.clear()).catch(() => undefined);
  }

  #isOurs(kept: unknown): kept is OpenedKey {
    const opened = kept as Partial<OpenedKey> | null | undefined;
    return this.#signIn !== "" && opened?.signIn === this.#signIn && typeof opened.until === "number" && opened.until > Date.now() &&
      opened.key instanceof CryptoKey && !opened.key.extractable;
  }
}

/** All of them, whoever opened them. Where the browser stores nothing, there is nothing to throw away. */
export function throwAwayOpenedKeys(): void {
  try {
    indexedDB.deleteDatabase(databaseName);
  } catch {
    // The browser has no such store.
  }
}

async function use<Result>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<Result>): Promise<Result> {
  const request = indexedDB.open(databaseName, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(storeName);
  const database = await done(request);
  try {
    return await done(act(database.transaction(storeName, mode).objectStore(storeName)));
  } finally {
    database.close();
  }
}

function done<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("storage"));
    if (request instanceof IDBOpenDBRequest) request.onblocked = () => reject(new Error("storage"));
  });
}
