// What the measurements of the server's check page mean. Pure, so that it is tested without a browser.

/** Longest difference between two clocks that codes of authenticator apps still forgive. */
export const CLOCK_TOLERANCE_MS = 120_000;

/** The server pauses 700 ms between the two parts of its answer; what is held back comes without a pause. */
export const SHORTEST_PAUSE_MS = 350;

/** True when the two parts came apart, so that nothing in between held the first one back. */
export function passesAtOnce(partsAt: readonly number[]): boolean {
  const [first, last] = [partsAt[0], partsAt.at(-1)];
  return first !== undefined && last !== undefined && last - first >= SHORTEST_PAUSE_MS;
}

/** True when the server's time, as its first line says it, and ours agree. */
export function clocksAgree(serverLine: string, now: number): boolean {
  const server = Number(serverLine.trim());
  return Number.isFinite(server) && serverLine.trim() !== "" && Math.abs(server - now) <= CLOCK_TOLERANCE_MS;
}

/** Address of the viewer's socket on the server that this page came from. */
export function socketAddress(origin: string): string {
  return `${origin.replace(/^http/u, "ws")}/ws/viewer`;
}
