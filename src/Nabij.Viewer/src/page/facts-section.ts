// The part of the panel with the facts about the customer's computer: asks for them, shows them, copies them for the notes.
// The customer sees the list first, each time, and says whether it comes.

import { permissions } from "../protocol/permissions.ts";
import type { Fact } from "../protocol/facts.ts";
import { button, element, setText } from "./element.ts";
import { asText, wordsOf } from "./fact-words.ts";
import { peerText } from "./peer-text.ts";
import type { SessionModel } from "./session-model.ts";
import type { Say, TextKey } from "./texts/texts.ts";

export interface FactsSectionEvents {
  readonly request: () => void;
  readonly ask: (permissions: number) => void;
}

export class FactsSection {
  readonly root: HTMLElement;
  readonly #say: Say;
  readonly #events: FactsSectionEvents;
  readonly #request: HTMLButtonElement;
  readonly #copy: HTMLButtonElement;
  readonly #list = element("dl", {});
  readonly #status = element("p", { class: "hint", role: "status" });
  #facts: readonly Fact[] = [];
  #model: SessionModel | null = null;
  #isOpen = false;
  /** Requested while asking was not allowed yet. */
  #isWished = false;

  constructor(say: Say, events: FactsSectionEvents) {
    this.#say = say;
    this.#events = events;
    this.#request = button(say("facts.request"), { class: "quiet" }, () => this.#wish());
    this.#copy = button(say("facts.copy"), { class: "quiet", hidden: true }, () => void this.#copyText());
    this.root = element("section", { class: "facts", hidden: true }, element("h2", {}, say("facts.heading")), this.#request, this.#status, this.#list, this.#copy);
  }

  show(model: SessionModel): void {
    const wasAsking = this.#model?.asking === "open";
    this.#model = model;
    this.root.hidden = (model.ceiling & permissions.SYSTEM_INFORMATION) === 0;
    if (this.#isWished && this.#isAllowed) this.#send();
    else if (this.#isWished && wasAsking && model.asking !== "open") {
      this.#isWished = false;
      this.#tell(model.asking === "declined" ? "facts.declined" : null);
    }
    this.#enable();
  }

  /** The list, or null: the customer does not send it. */
  given(facts: readonly Fact[] | null): void {
    this.#isOpen = false;
    this.#tell(facts === null ? "facts.withheld" : "facts.given");
    if (facts !== null) this.#show(facts);
    this.#enable();
  }

  /** The request is gone without an answer. */
  gone(): void {
    this.#isOpen = false;
    this.#tell("facts.gone");
    this.#enable();
  }

  get #isAllowed(): boolean {
    return ((this.#model?.granted ?? 0) & permissions.SYSTEM_INFORMATION) !== 0;
  }

  #wish(): void {
    if (this.#isAllowed) return this.#send();
    this.#isWished = true;
    this.#tell("facts.asking");
    this.#events.ask(permissions.SYSTEM_INFORMATION);
  }

  #send(): void {
    this.#isWished = false;
    this.#isOpen = true;
    this.#tell("facts.asked");
    this.#events.request();
    this.#enable();
  }

  #enable(): void {
    const model = this.#model;
    // One question at a time: while one is open, or was answered with no a moment ago, no other is asked.
    const mayAsk = this.#isAllowed || model?.asking === "none";
    this.#request.disabled = this.#isOpen || this.#isWished || model?.state !== "active" || !mayAsk;
  }

  #show(facts: readonly Fact[]): void {
    this.#facts = facts.map((fact) => ({ ...fact, text: peerText(fact.text) }));
    this.#list.replaceChildren(
      ...this.#facts.map((fact) => {
        const [name, value] = wordsOf(this.#say, fact);
        return element("div", {}, element("dt", {}, name), element("dd", {}, element("bdi", {}, value)));
      }),
    );
    this.#copy.hidden = false;
  }

  async #copyText(): Promise<void> {
    try {
      await navigator.clipboard.writeText(asText(this.#say, this.#facts));
      this.#tell("facts.copied");
    } catch {
      this.#tell("facts.copyRefused");
    }
  }

  #tell(key: TextKey | null): void {
    setText(this.#status, key === null ? "" : this.#say(key));
  }
}
