// The customers who wait, as the server's events make them up, and what of them is shown. Knows no document.

/** A colleague's, or the technician's own, "I take this one". */
export interface CustomerClaim {
  /** The account, 32 hex digits. */
  readonly by: string;
  readonly name: string;
}

/** One customer who waits for help. What the customer's program says is text. */
export interface WaitingCustomer {
  readonly nameplate: string;
  /** Names this waiting at the server: the nameplate is another customer's later. */
  readonly place: string;
  /** What the customer wants to be called; may be empty. */
  readonly name: string;
  readonly language: string;
  readonly platform: string;
  /** When the customer began to wait, milliseconds since 1970 by this computer's clock. */
  readonly since: number;
  readonly claim: CustomerClaim | null;
}

/** What one event of the server changes. */
export interface WaitingChange {
  readonly came: readonly WaitingCustomer[];
  /** Nameplates. */
  readonly gone: readonly string[];
}

/** What the technician wants to see of the list. */
export interface WaitingFilter {
  /** Words that name, number, language or platform have to contain. */
  readonly query: string;
  /** Leave out whom colleagues have taken. */
  readonly onlyFree: boolean;
}

/** The server tells whole seconds of waiting: the same customer may seem to have come a little earlier or later. */
const sameMilliseconds = 5_000;

export class WaitingRoomModel {
  readonly #customers = new Map<string, WaitingCustomer>();
  #isKnown = false;
  #sorted: readonly WaitingCustomer[] | null = null;

  get count(): number {
    return this.#customers.size;
  }

  find(nameplate: string): WaitingCustomer | null {
    return this.#customers.get(nameplate) ?? null;
  }

  /** The whole list anew. Gives who is new since the list before; the first list is news to nobody. */
  replace(customers: readonly WaitingCustomer[]): readonly WaitingCustomer[] {
    const came = this.#isKnown ? customers.filter((customer) => this.#isNew(customer)) : [];
    this.#customers.clear();
    for (const customer of customers) this.#customers.set(customer.nameplate, customer);
    this.#isKnown = true;
    this.#sorted = null;
    return came;
  }

  /** Some lines anew. Gives who has just come. */
  change({ came, gone }: WaitingChange): readonly WaitingCustomer[] {
    const news = came.filter((customer) => this.#isNew(customer));
    for (const nameplate of gone) this.#customers.delete(nameplate);
    for (const customer of came) this.#customers.set(customer.nameplate, customer);
    this.#sorted = null;
    return news;
  }

  /** Longest waiting first. */
  shown({ query, onlyFree }: WaitingFilter, own: string, words: (customer: WaitingCustomer) => string): readonly WaitingCustomer[] {
    this.#sorted ??= [...this.#customers.values()].sort((a, b) => a.since - b.since || a.nameplate.localeCompare(b.nameplate));
    const wanted = query.toLowerCase().split(/\s+/).filter((word) => word !== "");
    if (wanted.length === 0 && !onlyFree) return this.#sorted;
    return this.#sorted.filter((customer) => {
      if (onlyFree && customer.claim !== null && customer.claim.by !== own) return false;
      if (wanted.length === 0) return true;
      const text = words(customer).toLowerCase();
      return wanted.every((word) => text.includes(word));
    });
  }

  /** After a wrong code the same customer waits under the same number, with another place. */
  #isNew({ nameplate, since }: WaitingCustomer): boolean {
    const known = this.#customers.get(nameplate);
    return known === undefined || Math.abs(known.since - since) > sameMilliseconds;
  }
}
