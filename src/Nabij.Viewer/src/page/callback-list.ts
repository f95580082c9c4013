// The customers who asked to be called back, as the server tells them. What they typed is text, whatever it looks like.

export type CallbackState = "open" | "taken";

export interface Callback {
  readonly id: string;
  readonly name: string;
  readonly phone: string;
  readonly email: string;
  readonly problem: string;
  /** The digits that the customer was shown, and that who calls says. */
  readonly checkNumber: string;
  readonly state: CallbackState;
  /** Name of who took it; empty while nobody has. */
  readonly handledBy: string;
  /** It is this technician who took it. */
  readonly mine: boolean;
  readonly waitingSeconds: number;
}

/** More than the server ever sends. */
const most = 500;

/** The list of an answer; null when it is none. */
export function parseCallbacks(answer: unknown): readonly Callback[] | null {
  const list = (answer as { callbacks?: unknown } | null)?.callbacks;
  if (!Array.isArray(list) || list.length > most) return null;
  const read = list.map(parseOne);
  return read.every((one) => one !== null) ? read : null;
}

function parseOne(value: unknown): Callback | null {
  const one = (value ?? {}) as Record<string, unknown>;
  const { id, name, phone, email, problem, checkNumber, handledBy, mine, state, waitingSeconds } = one;
  if (typeof id !== "string" || typeof name !== "string" || typeof phone !== "string" || typeof email !== "string") return null;
  if (typeof problem !== "string" || typeof checkNumber !== "string" || typeof handledBy !== "string" || typeof mine !== "boolean") return null;
  if (!/^[0-9a-f-]{36}$/.test(id) || (state !== "open" && state !== "taken") || typeof waitingSeconds !== "number") return null;
  return { id, name, phone, email, problem, checkNumber, state, handledBy, mine, waitingSeconds };
}
