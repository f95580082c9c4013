// The desk's calls to the server. Nothing here ever holds a secret digit: only nameplates go out (security.md 3.1).

import type { SignInLeft } from "./presence.ts";
import { parseChange, parseWaiting } from "./waiting-events.ts";
import type { WaitingChange, WaitingCustomer } from "./waiting-room-model.ts";
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

/** What a page that follows the waiting room is told. */
export interface WaitingWatch {
  readonly list: (customers: readonly WaitingCustomer[]) => void;
  readonly change: (change: WaitingChange) => void;
  /** The list cannot be had now. */
  readonly offline: () => void;
  /** The server answers, but not with the list: perhaps nobody is signed in any more. */
  readonly refused: () => void;
  /** The requests to be called back are others now. */
  readonly callbacks: () => void;
}

const callMilliseconds = 15_000;
/** The largest picture over a slow line. */
const uploadMilliseconds = 180_000;
const reconnectMilliseconds = 3_000;

export class DeskApi {
  readonly #antiforgery: string;

  /** @param antiforgery the token that the page came with */
  constructor(antiforgery: string) {
    this.#antiforgery = antiforgery;
  }

  /** A ticket for one connection to one nameplate. */
  async ticket(nameplate: string): Promise<string> {
    const answer = await this.post("/desk/tickets", { nameplate });
    return text(answer, "ticket", /^[0-9a-f]{64}$/);
  }

  /** Certifies a public key of P-256 (65 bytes, uncompressed) for the technician who is signed in. */
  async certificate(publicKey: Uint8Array): Promise<IssuedCertificate> {
    const answer = await this.post("/desk/certificate", { publicKey: toBase64(publicKey) });
    return {
      certificate: fromBase64(text(answer, "certificate", base64)),
      organizationKeyHash: fromBase64(text(answer, "organizationKeyHash", base64)),
      origin: text(answer, "origin", /^https?:\/\/[^/]{1,255}$/),
      notAfter: Number((answer as { notAfter?: unknown }).notAfter) * 1000,
    };
  }

  /** Tells the shop's records that a session began. The records have the server's own number for it, nothing of its content. */
  begun(session: string): Promise<void> {
    return this.#report("/desk/sessions", { session });
  }

  /** Tells the shop's records why it ended; also while the page is going away. */
  ended(session: string, reason: string): Promise<void> {
    return this.#report(`/desk/sessions/${session}/ended`, { reason });
  }

  /** "I take this one"; `over`: from a colleague who has it. */
  async claim(place: string, over: boolean): Promise<void> {
    await this.post("/desk/claims", { place, over });
  }

  /** Gives a customer back to everybody. */
  async release(place: string): Promise<void> {
    await this.post(`/desk/claims/${encodeURIComponent(place)}/release`, {});
  }

  /** How long the sign-in lasts if nobody does anything; asking is no use of it. */
  async left(): Promise<SignInLeft> {
    return leftOf(await this.get("/desk/presence"));
  }

  /** Somebody is at this page. */
  async here(): Promise<SignInLeft> {
    return leftOf(await this.post("/desk/presence", {}));
  }

  /** Keeps the waiting room up to date until the page goes away, or until what it gives back is called. */
  watch(watch: WaitingWatch): () => void {
    let source = new EventSource("/desk/events");
    let timer: ReturnType<typeof setTimeout> | undefined;
    const again = (): void => {
      source.close();
      clearTimeout(timer);
      timer = setTimeout(() => {
        source = new EventSource("/desk/events");
        follow();
      }, reconnectMilliseconds);
    };
    const follow = (): void => {
      source.addEventListener("waiting", (event: MessageEvent<string>) => {
        const customers = parseWaiting(event.data);
        if (customers !== null) watch.list(customers);
        watch.callbacks();
      });
      source.addEventListener("change", (event: MessageEvent<string>) => {
        const change = parseChange(event.data);
        if (change === null) again();
        else watch.change(change);
      });
      source.addEventListener("callbacks", () => { watch.callbacks(); });
      source.addEventListener("error", () => {
        watch.offline();
        // Browsers try again by themselves, but not after an answer that is no stream.
        if (source.readyState !== EventSource.CLOSED) return;
        again();
        watch.refused();
      });
    };
    follow();
    return () => {
      source.close();
      clearTimeout(timer);
    };
  }

  /** The answer's JSON, or null for one without content. Raises DeskProblem. */
  async post(path: string, body: object): Promise<unknown> {
    return this.#call(path, this.#request(body));
  }

  /** Sends bytes. Raises DeskProblem. */
  async postBytes(path: string, body: Uint8Array<ArrayBuffer>): Promise<unknown> {
    const headers = { "content-type": "application/octet-stream", "x-nabij-antiforgery": this.#antiforgery };
    return this.#call(path, { method: "POST", headers, body, redirect: "manual" }, uploadMilliseconds);
  }

  /** As `post`, and goes on while the page is going away. */
  async postLast(path: string, body: object): Promise<unknown> {
    return this.#call(path, { ...this.#request(body), keepalive: true });
  }

  async get(path: string): Promise<unknown> {
    return this.#call(path, { redirect: "manual" });
  }

  async #call(path: string, request: RequestInit, milliseconds = callMilliseconds): Promise<unknown> {
    let answer: Response;
    try {
      answer = await fetch(path, { ...request, signal: AbortSignal.timeout(milliseconds) });
    } catch {
      throw new DeskProblem("problem.offline");
    }
    if (!answer.ok) throw await refusalOf(answer);
    if (answer.status === 204) return null;
    try {
      return await answer.json();
    } catch {
      throw new DeskProblem("problem.server");
    }
  }

  /** Records are no reason to disturb a session: what cannot be told is made up by the server from its own side. */
  #report(path: string, body: object): Promise<void> {
    return fetch(path, { ...this.#request(body), keepalive: true }).then(() => undefined, () => undefined);
  }

  #request(body: object): RequestInit {
    const headers = { "content-type": "application/json", "x-nabij-antiforgery": this.#antiforgery };
    return { method: "POST", headers, body: JSON.stringify(body), redirect: "manual" };
  }
}

/** What the server's problem details say: a stable word, and who stands behind it. */
async function refusalOf(answer: Response): Promise<DeskProblem> {
  const details = await answer.json().catch(() => null) as { title?: unknown; by?: unknown } | null;
  return problemOf(answer, String(details?.title), String(details?.by ?? ""));
}

/** The words for an answer that is no success. */
export function problemOf(answer: Pick<Response, "status" | "type" | "headers">, title: string, by = ""): DeskProblem {
  // A redirect is the way to the sign-in page.
  if (answer.type === "opaqueredirect") return new DeskProblem("problem.signedOut");
  switch (answer.status) {
    case 401:
      return new DeskProblem("problem.signedOut");
    case 403:
      return new DeskProblem(title === "locked" ? "problem.locked" : title === "stopped" ? "problem.stopped" : "problem.forbidden");
    case 409:
      return conflictOf(title, by);
    case 429:
      return new DeskProblem("problem.limited", { seconds: Math.max(1, Number(answer.headers.get("retry-after")) || 60) });
    default:
      return new DeskProblem("problem.server");
  }
}

function conflictOf(title: string, by: string): DeskProblem {
  switch (title) {
    case "certificate-expired":
      return new DeskProblem("problem.certificateExpired");
    case "uncertified":
      return new DeskProblem("problem.uncertified");
    case "claimed":
      return new DeskProblem("problem.claimed", { name: by });
    case "taken":
      return new DeskProblem("callbacks.held", { name: by });
    case "too-many-claims":
      return new DeskProblem("problem.tooManyClaims");
    case "changed":
      return new DeskProblem("notes.changed");
    case "closed":
      return new DeskProblem("notes.closed");
    case "pictures-closed":
      return new DeskProblem("keep.closed");
    case "other-key":
      return new DeskProblem("keep.otherKey");
    case "too-many-pictures":
      return new DeskProblem("keep.tooMany");
    case "picture-taken":
      return new DeskProblem("keep.taken");
    case "pictures-full":
      return new DeskProblem("keep.full");
    default:
      return new DeskProblem("problem.server");
  }
}

const base64 = /^[A-Za-z0-9+/]{4,4096}={0,2}$/;

function text(answer: unknown, member: string, pattern: RegExp): string {
  const value = (answer as Record<string, unknown> | null)?.[member];
  if (typeof value !== "string" || !pattern.test(value)) throw new DeskProblem("problem.server");
  return value;
}

function leftOf(answer: unknown): SignInLeft {
  const { seconds, isIdle } = (answer ?? {}) as { seconds?: unknown; isIdle?: unknown };
  if (typeof seconds !== "number" || !Number.isInteger(seconds) || seconds < 0) throw new DeskProblem("problem.server");
  return { seconds, isIdle: isIdle === true };
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
