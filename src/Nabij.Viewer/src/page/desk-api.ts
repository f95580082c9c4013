// The desk's calls to the server. Nothing here ever holds a secret digit: only nameplates go out (security.md 3.1).

import type { WaitingCustomer } from "./waiting-list.ts";
import type { TextKey, TextValues } from "./texts/texts.ts";

/** What went wrong with a call, in words for the technician. */
export class DeskProblem extends Error {
  readonly text: TextKey;
  /** What the text has places for; `seconds`: how long to wait before another try. */
  readonly values: TextValues;

  constructor(text: TextKey, values: TextValues = {}) {
    super(text);
    this.text = text;
    this.values = values;
  }
}

/** A technician's certificate, and whose key signed it. */
export interface IssuedCertificate {
  readonly certificate: Uint8Array<ArrayBuffer>;
  readonly organizationKeyHash: Uint8Array<ArrayBuffer>;
  /** The organization's only origin: a page from elsewhere cannot connect. */
  readonly origin: string;
  /** When the certificate ends, milliseconds since 1970. */
  readonly notAfter: number;
}

const callMilliseconds = 15_000;
const reconnectMilliseconds = 3_000;

export class DeskApi {
  readonly #antiforgery: string;

  /** @param antiforgery the token that the page came with */
  constructor(antiforgery: string) {
    this.#antiforgery = antiforgery;
  }

  /** A ticket for one connection to one nameplate. */
  async ticket(nameplate: string): Promise<string> {
    const answer = await this.#post("/desk/tickets", { nameplate });
    return text(answer, "ticket", /^[0-9a-f]{64}$/);
  }

  /** Certifies a public key of P-256 (65 bytes, uncompressed) for the technician who is signed in. */
  async certificate(publicKey: Uint8Array): Promise<IssuedCertificate> {
    const answer = await this.#post("/desk/certificate", { publicKey: toBase64(publicKey) });
    return {
      certificate: fromBase64(text(answer, "certificate", base64)),
      organizationKeyHash: fromBase64(text(answer, "organizationKeyHash", base64)),
      origin: text(answer, "origin", /^https?:\/\/[^/]{1,255}$/),
      notAfter: Number((answer as { notAfter?: unknown }).notAfter) * 1000,
    };
  }

  /** Tells the shop's records that a session began. The records have the server's own number for it, nothing of its content. */
  begun(session: string): void {
    this.#report("/desk/sessions", { session });
  }

  /** Tells the shop's records why it ended; also while the page is going away. */
  ended(session: string, reason: string): void {
    this.#report(`/desk/sessions/${session}/ended`, { reason });
  }

  /** Keeps the list of waiting customers up to date until the page goes away. `null`: the list cannot be had now. */
  watch(changed: (customers: readonly WaitingCustomer[] | null) => void): void {
    const source = new EventSource("/desk/events");
    source.addEventListener("waiting", (event: MessageEvent<string>) => {
      const customers = parseWaiting(event.data);
      if (customers !== null) changed(customers);
    });
    source.addEventListener("error", () => {
      changed(null);
      // Browsers try again by themselves, but not after an answer that is no stream.
      if (source.readyState === EventSource.CLOSED) setTimeout(() => this.watch(changed), reconnectMilliseconds);
    });
  }

  async #post(path: string, body: object): Promise<unknown> {
    let answer: Response;
    try {
      answer = await fetch(path, { ...this.#request(body), signal: AbortSignal.timeout(callMilliseconds) });
    } catch {
      throw new DeskProblem("problem.offline");
    }
    if (!answer.ok) throw problemOf(answer, await titleOf(answer));
    try {
      return await answer.json();
    } catch {
      throw new DeskProblem("problem.server");
    }
  }

  /** Records are no reason to disturb a session: what cannot be told is made up by the server from its own side. */
  #report(path: string, body: object): void {
    fetch(path, { ...this.#request(body), keepalive: true }).catch(() => undefined);
  }

  #request(body: object): RequestInit {
    const headers = { "content-type": "application/json", "x-nabij-antiforgery": this.#antiforgery };
    return { method: "POST", headers, body: JSON.stringify(body), redirect: "manual" };
  }
}

/** The stable word of the server's problem details, or empty. */
async function titleOf(answer: Response): Promise<string> {
  try {
    return String(((await answer.json()) as { title?: unknown }).title);
  } catch {
    return "";
  }
}

/** The words for an answer that is no success. */
export function problemOf(answer: Pick<Response, "status" | "type" | "headers">, title: string): DeskProblem {
  // A redirect is the way to the sign-in page.
  if (answer.type === "opaqueredirect") return new DeskProblem("problem.signedOut");
  switch (answer.status) {
    case 401:
      return new DeskProblem("problem.signedOut");
    case 403:
      return new DeskProblem(title === "locked" ? "problem.locked" : title === "stopped" ? "problem.stopped" : "problem.forbidden");
    case 409:
      return new DeskProblem(title === "certificate-expired" ? "problem.certificateExpired" : title === "uncertified" ? "problem.uncertified" : "problem.server");
    case 429:
      return new DeskProblem("problem.limited", { seconds: Math.max(1, Number(answer.headers.get("retry-after")) || 60) });
    default:
      return new DeskProblem("problem.server");
  }
}

/** The server's list; what does not fit is left out rather than shown wrong. */
export function parseWaiting(json: string): WaitingCustomer[] | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return null;
  }
  const customers = (parsed as { customers?: unknown } | null)?.customers;
  return Array.isArray(customers) ? customers.flatMap((each) => parseCustomer(each as Record<string, unknown> | null)) : null;
}

function parseCustomer(given: Record<string, unknown> | null): WaitingCustomer[] {
  if (given === null || typeof given !== "object") return [];
  const { nameplate, name, language, platform, waitingSeconds } = given;
  if (typeof nameplate !== "string" || !/^([0-7]\d{2}|[89]\d{3})$/.test(nameplate)) return [];
  const words = (value: unknown): string => (typeof value === "string" ? value : "");
  const waited = typeof waitingSeconds === "number" && waitingSeconds > 0 ? waitingSeconds : 0;
  return [{ nameplate, name: words(name), language: words(language), platform: words(platform), since: Date.now() - waited * 1000 }];
}

const base64 = /^[A-Za-z0-9+/]{4,4096}={0,2}$/;

function text(answer: unknown, member: string, pattern: RegExp): string {
  const value = (answer as Record<string, unknown> | null)?.[member];
  if (typeof value !== "string" || !pattern.test(value)) throw new DeskProblem("problem.server");
  return value;
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function fromBase64(encoded: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
  } catch {
    throw new DeskProblem("problem.server");
  }
}
