// Reads what the server tells about the waiting room. What does not fit is left out rather than shown wrong.

import type { CustomerClaim, WaitingChange, WaitingCustomer } from "./waiting-room-model.ts";

/** The whole list; null when it is none. */
export function parseWaiting(json: string): WaitingCustomer[] | null {
  const customers = (parse(json) as { customers?: unknown } | null)?.customers;
  return Array.isArray(customers) ? customers.flatMap(parseCustomer) : null;
}

/** What changed; null when it is not to be read, and the list has to be asked for anew. */
export function parseChange(json: string): WaitingChange | null {
  const { came, gone } = (parse(json) ?? {}) as { came?: unknown; gone?: unknown };
  if (!Array.isArray(came) || !Array.isArray(gone)) return null;
  return { came: came.flatMap(parseCustomer), gone: gone.filter((nameplate): nameplate is string => typeof nameplate === "string") };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

const words = (value: unknown): string => (typeof value === "string" ? value : "");

function parseCustomer(given: unknown): WaitingCustomer[] {
  if (given === null || typeof given !== "object") return [];
  const { nameplate, place, name, language, platform, waitingSeconds, claim } = given as Record<string, unknown>;
  if (typeof nameplate !== "string" || !/^([0-7]\d{2}|[89]\d{3})$/.test(nameplate)) return [];
  const waited = typeof waitingSeconds === "number" && waitingSeconds > 0 ? waitingSeconds : 0;
  const since = Date.now() - waited * 1000;
  return [{ nameplate, place: words(place), name: words(name), language: words(language), platform: words(platform), since, claim: parseClaim(claim) }];
}

function parseClaim(given: unknown): CustomerClaim | null {
  if (given === null || typeof given !== "object") return null;
  const { by, name } = given as Record<string, unknown>;
  return typeof by === "string" && typeof name === "string" ? { by, name } : null;
}
