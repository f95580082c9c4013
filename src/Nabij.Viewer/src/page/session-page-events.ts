// What the desk hears of one session.

import type { EndReason } from "../session/states.ts";
import type { Glance } from "./glance.ts";
import type { DeskShortcut } from "./shortcuts.ts";

export interface SessionPageEvents {
  /** No session came about; null when the technician gave up. */
  readonly failed: (reason: EndReason | null) => void;
  /** The technician has read how the session ended. */
  readonly closed: () => void;
  readonly changed: (glance: Glance) => void;
  /** For the shop's records: the server's own number of the session. Done when they have it. */
  readonly begun: (serverSession: string) => Promise<void>;
  readonly ended: (serverSession: string, reason: EndReason) => void;
  /** Keys that concern the whole desk. */
  readonly shortcut: (shortcut: DeskShortcut) => void;
}
