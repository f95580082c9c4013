// Gets sealed pictures and wrapped keys from the server's records. Both are checked by who opens them.

import { fromBase64 } from "./base64.ts";
import type { Bytes } from "./envelope.ts";

const callMilliseconds = 60_000;

/** The sealed bytes; null: they cannot be had now. */
export async function fetchPicture(id: string): Promise<Bytes | null> {
  try {
    const answer = await fetch(`/records/pictures/${encodeURIComponent(id)}`, { redirect: "error", signal: AbortSignal.timeout(callMilliseconds) });
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
  } catch {
    return null;
  }
}

/** The key under its passphrase; null: it cannot be had now. */
export async function fetchWrappedKey(id: string): Promise<Bytes | null> {
  try {
    const answer = await fetch(`/records/pictures/keys/${encodeURIComponent(id)}`, { redirect: "error", signal: AbortSignal.timeout(callMilliseconds) });
    const { wrapped } = (await answer.json()) as { wrapped?: unknown };
    return answer.ok && typeof wrapped === "string" ? fromBase64(wrapped) : null;
  } catch {
    return null;
  }
}
