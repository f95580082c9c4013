// Beside the waiting room: customers who asked to be called back. Stays away while there are none. Names and the like come from
// customers.

import { parseCallbacks, type Callback } from "./callback-list.ts";
import { DeskProblem, type DeskApi } from "./desk-api.ts";
import { button, element, setText } from "./element.ts";
import { spokenMinutes, type Language, type Say } from "./texts/texts.ts";

export class CallbackSection {
  readonly root: HTMLElement;
  readonly #say: Say;
  readonly #api: DeskApi;
  readonly #list = element("ul", { id: "callbacks" });
  readonly #count = element("span", { class: "count" });
  readonly #problem = element("p", { class: "message", "data-kind": "problem", role: "status", hidden: true });

  constructor(say: Say, language: Language, api: DeskApi) {
    this.#say = say;
    this.#api = api;
    const heading = element("h2", { id: "callbacks-heading" }, say("callbacks.heading"), " ", this.#count);
    const all = element("a", { class: "quiet", href: `/callbacks?lang=${language}` }, say("callbacks.all"));
    this.root = element("section", { class: "card callbacks", "aria-labelledby": "callbacks-heading", hidden: true }, heading, this.#problem, this.#list, all);
  }

  /** Asks the server for the list; what cannot be had now stays as it was. */
  async refresh(): Promise<void> {
    try {
      const list = parseCallbacks(await this.#api.get("/desk/callbacks"));
      if (list !== null) this.#show(list);
    } catch {
      // The waiting room says that the server cannot be reached.
    }
  }

  #show(list: readonly Callback[]): void {
    const focused = this.#list.contains(document.activeElement) ? (document.activeElement?.getAttribute("data-key") ?? "") : "";
    this.root.hidden = list.length === 0;
    setText(this.#count, list.length > 0 ? String(list.length) : "");
    this.#list.replaceChildren(...list.map((one) => this.#item(one)));
    if (focused !== "") this.#list.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }

  #item(one: Callback): HTMLLIElement {
    const say = this.#say;
    const waiting = say("callbacks.since", { time: spokenMinutes(say, one.waitingSeconds) });
    const reach = [one.phone, one.email].filter((text) => text !== "").join(" · ");
    const taken = one.state === "taken" ? element("span", { class: "claim" }, say("callbacks.taken", { name: one.handledBy })) : "";
    const words = element(
      "div",
      { class: "who" },
      element("bdi", { class: "name" }, one.name), " ", taken,
      element("p", { class: "reach" }, reach),
      element("p", { class: "problem" }, element("bdi", {}, one.problem)),
      element("p", { class: "details" }, `${waiting} · ${say("callbacks.number", { number: one.checkNumber })}`),
    );
    return element("li", {}, words, element("div", { class: "buttons" }, ...this.#buttons(one)));
  }

  #buttons(one: Callback): HTMLButtonElement[] {
    if (one.state === "open") return [this.#button(one, "taken", "callbacks.take"), this.#button(one, "done", "callbacks.done")];
    return one.mine ? [this.#button(one, "open", "callbacks.leave"), this.#button(one, "done", "callbacks.done")] : [this.#button(one, "over", "callbacks.over")];
  }

  #button(one: Callback, state: "open" | "taken" | "done" | "over", caption: "callbacks.take" | "callbacks.leave" | "callbacks.done" | "callbacks.over"): HTMLButtonElement {
    const made = button(this.#say(caption), { class: "quiet", "data-key": `${one.id} ${state}` }, () => void this.#mark(one, state));
    made.setAttribute("aria-label", `${this.#say(caption)}: ${one.name}`);
    return made;
  }

  async #mark(one: Callback, state: string): Promise<void> {
    try {
      await this.#api.post(`/desk/callbacks/${one.id}`, state === "over" ? { state: "taken", over: true } : { state });
      this.#problem.hidden = true;
    } catch (error) {
      this.#problem.hidden = false;
      const isTaken = error instanceof DeskProblem && error.text === "callbacks.held";
      setText(this.#problem, isTaken ? this.#say(error.text, error.values) : this.#say("callbacks.problem"));
    }
    await this.refresh();
  }
}
