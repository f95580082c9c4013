// What the customer has allowed so far, as the host reports it (docs/protocol/04-channels.md). Display only: the host's
// permission gate decides. Refuses reports that are out of step.

import type { ControlMessage } from "../protocol/control.ts";
import { WireFormatError, type StopReason } from "../protocol/errors.ts";
import { permissions } from "../protocol/permissions.ts";

type Report = Extract<ControlMessage, { readonly number: number }>;

export class Grants {
  /** The most that may be granted. */
  readonly ceiling: number;
  #number = 0;
  #granted = 0;
  #kept = 0;
  #pause: StopReason | null = null;

  constructor(ceiling: number) {
    this.ceiling = ceiling;
  }

  /** Whatever holds the session. */
  get granted(): number {
    return this.#granted;
  }

  /** While something holds the session: only what is kept of it. */
  get inForce(): number {
    return this.#pause === null ? this.#granted : this.#granted & this.#kept;
  }

  /** What holds the session, or null. */
  get pause(): StopReason | null {
    return this.#pause;
  }

  get mayLook(): boolean {
    return (this.inForce & permissions.VIEW) !== 0;
  }

  get mayDraw(): boolean {
    return this.mayLook && (this.inForce & permissions.DRAW) !== 0;
  }

  get mayChat(): boolean {
    return (this.inForce & permissions.CHAT) !== 0;
  }

  get mayPlaceText(): boolean {
    return (this.inForce & permissions.CLIPBOARD_TO_HOST) !== 0;
  }

  get mayGetText(): boolean {
    return (this.inForce & permissions.CLIPBOARD_FROM_HOST) !== 0;
  }

  take(report: Report): void {
    if (report.number !== this.#number + 1) throw new WireFormatError("InvalidValue");
    this.#number = report.number;
    if (report.type === "STOPPED") {
      this.#pause = report.reason;
      this.#kept = report.kept;
      return;
    }
    if ((report.permissions & ~this.ceiling) !== 0) throw new WireFormatError("InvalidValue");
    if (report.type === "DECLINED") return;
    if (report.type === "CONTINUED") this.#pause = null;
    this.#granted = report.permissions;
  }
}
