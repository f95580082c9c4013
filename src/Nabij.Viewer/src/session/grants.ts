// What the customer has allowed so far, as the host reports it (docs/protocol/04-channels.md). Display only: the host's
// permission gate decides. Refuses reports that are out of step.

import type { ControlMessage } from "../protocol/control.ts";
import { WireFormatError } from "../protocol/errors.ts";
import { permissions } from "../protocol/permissions.ts";

type Report = Extract<ControlMessage, { readonly number: number }>;

export class Grants {
  /** The most that may be granted. */
  readonly ceiling: number;
  #number = 0;
  #inForce = 0;
  #isStopped = false;

  constructor(ceiling: number) {
    this.ceiling = ceiling;
  }

  /** 0 while the customer has stopped. */
  get inForce(): number {
    return this.#isStopped ? 0 : this.#inForce;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  get mayLook(): boolean {
    return (this.inForce & permissions.VIEW) !== 0;
  }

  take(report: Report): void {
    if (report.number !== this.#number + 1) throw new WireFormatError("InvalidValue");
    this.#number = report.number;
    if (report.type === "STOPPED") {
      this.#isStopped = true;
      return;
    }
    if ((report.permissions & ~this.ceiling) !== 0) throw new WireFormatError("InvalidValue");
    if (report.type === "DECLINED") return;
    if (report.type === "CONTINUED") this.#isStopped = false;
    this.#inForce = report.permissions;
  }
}
