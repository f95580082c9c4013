// The page of a relative who watches and may stop (docs/protocol/13-participants.md): the code, the picture, what is said,
// and a large Stop. Nobody signs in; the server is asked for a ticket and for the organization's public document.

import "./watch.css";
import { peerText } from "../page/peer-text.ts";
import { button, element, setText } from "../page/element.ts";
import { SessionWorker } from "../page/session-worker.ts";
import { Stage } from "../page/stage.ts";
import { digitsOf, splitCode, type SupportCode } from "../page/support-code.ts";
import { languageOf, sayIn, type TextKey } from "../page/texts/texts.ts";
import type { People } from "../protocol/people.ts";
import { permissions } from "../protocol/permissions.ts";
import type { EndReason, SessionState } from "../session/states.ts";
import type { WorkerToPage } from "../session/worker-messages.ts";

const say = sayIn(languageOf(document.documentElement.lang));
const antiforgery = document.querySelector<HTMLMetaElement>('meta[name="antiforgery"]')?.content ?? "";
const slug = /^\/o\/([a-z0-9-]{1,40})\/watch/.exec(location.pathname)?.[1] ?? "";
const callMilliseconds = 15_000;
const maximumHeard = 200;

/** Whoever watches has no shop and no sign-in: what to do about an end is another thing than for a technician. */
const endings: Partial<Record<EndReason, TextKey>> = {
  "technician-ended": "watch.over",
  "customer-ended": "watch.customerEnded",
  declined: "watch.declined",
  expired: "watch.over",
  "program-closed": "watch.over",
  "connection-lost": "watch.lost",
  "cannot-connect": "reason.cannot-connect",
  "wrong-code": "watch.wrongCode",
  "other-code": "watch.wrongCode",
  "refused-unknown": "watch.wrongCode",
  "refused-busy": "watch.wrongCode",
  "server-expired": "watch.wrongCode",
  "refused-limited": "watch.tooOften",
  "server-limited": "watch.tooOften",
};

/** `isWrong`: the code that was typed is; `isCalm`: nothing has gone wrong. */
type Tell = (text: string, isWrong: boolean, isCalm?: boolean) => void;

class Trouble extends Error {
  readonly text: TextKey;

  constructor(text: TextKey) {
    super(text);
    this.text = text;
  }
}

async function call(path: string, request: RequestInit = {}): Promise<Record<string, unknown>> {
  let answer: Response;
  try {
    answer = await fetch(path, { ...request, signal: AbortSignal.timeout(callMilliseconds) });
  } catch {
    throw new Trouble("problem.offline");
  }
  if (answer.status === 429) throw new Trouble("watch.tooOften");
  if (!answer.ok) throw new Trouble("problem.server");
  return (await answer.json()) as Record<string, unknown>;
}

async function ticketFor(nameplate: string): Promise<string> {
  const headers = { "Content-Type": "application/json", "X-Nabij-Antiforgery": antiforgery };
  const { ticket } = await call(`/o/${slug}/watch/tickets`, { method: "POST", headers, body: JSON.stringify({ nameplate }) });
  if (typeof ticket !== "string" || !/^[0-9a-f]{64}$/.test(ticket)) throw new Trouble("problem.server");
  return ticket;
}

/** SHA-256 of the organization's first key, of its public document. */
async function organizationKeyHash(): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = (text: unknown): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(String(text)), (character) => character.charCodeAt(0));
  const signed = await call(`/o/${slug}/organization.json`);
  const { keys } = JSON.parse(new TextDecoder().decode(bytes(signed["payload"]))) as { keys: unknown[] };
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes(keys[0])));
}

/** One session that is watched. */
class Watching {
  readonly root: HTMLElement;
  readonly #over = new AbortController();
  readonly #worker: SessionWorker;
  readonly #stage: Stage;
  readonly #status = element("p", { class: "status", role: "status" });
  readonly #heard = element("ol", { class: "heard", "aria-live": "polite", "aria-label": say("watch.said"), tabindex: 0 });
  readonly #stop: HTMLButtonElement;
  readonly #ended: (reason: EndReason | null) => void;
  #people: People | null = null;
  #state: SessionState = "connecting";
  #check = "";

  constructor(ended: (reason: EndReason | null) => void) {
    this.#ended = ended;
    this.#worker = new SessionWorker({ message: (message) => this.#receive(message), failed: () => this.#end("viewer-failed") });
    this.#stage = new Stage(say, {
      input: () => undefined,
      draw: () => undefined,
      toolEnded: () => undefined,
      painted: (message) => this.#worker.send(message),
      spent: (pixels) => this.#worker.spent(pixels),
      shortcut: () => undefined,
      viewed: () => undefined,
    }, this.#over.signal);
    this.#stop = button(say("watch.stop"), { class: "stop", disabled: true }, () => this.#worker.send({ type: "halt" }));
    const leave = button(say("watch.leave"), { class: "leave" }, () => this.#leave());
    this.root = element("div", { class: "watching", tabindex: -1 }, this.#status, this.#stage.root, this.#heard, element("div", { class: "acts" }, this.#stop, leave));
    this.#show();
  }

  join(code: SupportCode, ticket: string, keyHash: Uint8Array<ArrayBuffer>): void {
    const secret = new TextEncoder().encode(code.secret);
    this.#worker.send({
      type: "join",
      origin: location.origin,
      ticket,
      nameplate: code.nameplate,
      secret,
      certificate: new Uint8Array(0),
      signingKey: null,
      organizationKeyHash: keyHash,
      requested: permissions.VIEW,
    }, [secret.buffer]);
  }

  #receive(message: WorkerToPage): void {
    switch (message.type) {
      case "state":
        this.#state = message.state;
        if (message.state === "ended") return this.#end(message.reason);
        this.#show();
        break;
      case "established":
        this.#check = message.checkNumber;
        this.#show();
        break;
      case "grants":
        this.#stage.grant(message.permissions & permissions.VIEW);
        break;
      case "people":
        this.#people = message.people;
        this.#show();
        break;
      case "line":
        this.#hear(message.text, message.person);
        this.#worker.send({ type: "lines-shown", number: message.number });
        break;
      case "layout":
        this.#stage.start(message);
        break;
      case "update":
        this.#stage.update(message);
        break;
      case "cursor-shape":
        this.#stage.pointerShape(message);
        break;
      case "cursor-position":
        this.#stage.pointerPosition(message);
        break;
      case "cursor-hidden":
        this.#stage.hidePointer();
        break;
      case "over":
        this.#worker.close();
        break;
      default:
        break;
    }
  }

  #show(): void {
    this.#stage.isLive = this.#state === "active";
    this.#stage.isShown = true;
    this.#stop.disabled = this.#state !== "active";
    const names = (this.#people?.participants ?? []).filter(({ person }) => person !== this.#people?.own).map(({ name }) => peerText(name));
    const texts: Partial<Record<SessionState, TextKey>> = { connecting: "watch.connecting", "waiting-for-customer": "watch.waiting", stopped: "watch.stopped", resuming: "watch.resuming" };
    const key = texts[this.#state];
    setText(this.#status, key === undefined ? say("watch.with", { names: names.join(", ") }) : say(key, { number: this.#check }));
  }

  #hear(text: string, person: number | null): void {
    const known = this.#people?.participants.find((one) => one.person === person);
    const who = person === null ? say("watch.person") : known === undefined ? say("people.somebody") : peerText(known.name);
    this.#heard.append(element("li", {}, element("strong", {}, element("bdi", {}, who), ": "), element("span", { dir: "auto" }, peerText(text))));
    while (this.#heard.children.length > maximumHeard) this.#heard.firstElementChild?.remove();
    this.#heard.scrollTop = this.#heard.scrollHeight;
  }

  #leave(): void {
    this.#worker.send({ type: "end", reason: "technician-ended" });
    this.#end(null);
  }

  #end(reason: EndReason | null): void {
    if (this.#over.signal.aborted) return;
    this.#over.abort();
    cover(this.root, false);
    this.#ended(reason);
  }
}

function fillPage(): void {
  const form = document.querySelector<HTMLFormElement>("#watch");
  const field = document.querySelector<HTMLInputElement>("#code");
  const agree = document.querySelector<HTMLInputElement>("#agree");
  const told = document.querySelector<HTMLElement>("#watch-message");
  if (form === null || field === null || agree === null || told === null) return;
  const tell: Tell = (text, isWrong, isCalm = false): void => {
    setText(told, text);
    told.className = isCalm ? "hint" : "problem";
    if (isWrong) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const code = splitCode(digitsOf(field.value));
    if (code === null) {
      tell(say("watch.digits"), true);
      field.focus();
    } else if (!agree.checked) {
      tell(say("watch.agreeFirst"), false);
      agree.focus();
    } else {
      tell("", false);
      void begin(code, tell);
    }
  });
  field.focus();
}

async function begin(code: SupportCode, tell: Tell): Promise<void> {
  const field = document.querySelector<HTMLInputElement>("#code");
  try {
    const [ticket, keyHash] = await Promise.all([ticketFor(code.nameplate), organizationKeyHash()]);
    const watching = new Watching((reason) => {
      const text = reason === null ? "watch.left" : endings[reason] ?? "watch.ended";
      tell(say(text), false, text === "watch.left" || text === "watch.over");
      field?.focus();
    });
    cover(watching.root, true);
    watching.join(code, ticket, keyHash);
    if (field !== null) field.value = "";
  } catch (error) {
    tell(say(error instanceof Trouble ? error.text : "problem.internal"), false);
  }
}

/** Puts this over the page, which nobody reaches then, or takes it away. */
function cover(root: HTMLElement, isCovered: boolean): void {
  for (const part of document.querySelectorAll<HTMLElement>("header, main")) part.inert = isCovered;
  if (!isCovered) return root.remove();
  document.body.append(root);
  root.focus();
}

fillPage();
