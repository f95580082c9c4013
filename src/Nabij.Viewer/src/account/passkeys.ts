// The buttons that make or show a passkey (PasskeyForm.razor). On a press: the server's options, the browser's own window,
// and then the form with the answer, so that what the server has to say is a page. What goes wrong before that is said here,
// beside the button, in the words that the form carries.

import { answerJson, creationOptions, requestOptions, type CreationJson, type RequestJson } from "./passkey-json.ts";

/** Names of the form's words (data-...). */
export type PasskeyWord = "cancelled" | "known" | "address" | "unsupported" | "failed" | "late" | "slow";

const STATUS_CONFIRM_FIRST = 403, STATUS_LATE: readonly number[] = [400, 401, 404], STATUS_SLOW = 429;

/** Which words say what the browser reported. */
export const wordOf = (error: unknown): PasskeyWord => {
  switch (error instanceof Error || error instanceof DOMException ? error.name : "") {
    case "NotAllowedError":
    case "AbortError":
      return "cancelled";
    case "InvalidStateError":
      return "known";
    case "SecurityError":
      return "address";
    case "NotSupportedError":
    case "ConstraintError":
      return "unsupported";
    default:
      return "failed";
  }
};

/** Which words say why the server gave no options. */
export const wordOfStatus = (status: number): PasskeyWord => (status === STATUS_SLOW ? "slow" : STATUS_LATE.includes(status) ? "late" : "failed");

class Refused extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`status ${status}`);
    this.status = status;
  }
}

const fetchOptions = async (form: HTMLFormElement): Promise<unknown> => {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
  const answer = await fetch(form.dataset["options"] ?? "", { method: "POST", body: fields, headers: { accept: "application/json" }, redirect: "error" });
  if (!answer.ok) throw new Refused(answer.status);
  return answer.json();
};

const ask = async (form: HTMLFormElement, signal: AbortSignal): Promise<string> => {
  const options = await fetchOptions(form);
  const credential = form.dataset["passkey"] === "create"
    ? await navigator.credentials.create({ publicKey: creationOptions(options as CreationJson), signal })
    : await navigator.credentials.get({ publicKey: requestOptions(options as RequestJson), signal });
  if (!(credential instanceof PublicKeyCredential)) throw new TypeError("no passkey");
  return answerJson(credential);
};

const show = (form: HTMLFormElement, word: PasskeyWord | null): void => {
  const problem = form.querySelector<HTMLElement>("[role=alert]");
  if (problem === null) return;
  problem.hidden = word === null;
  problem.textContent = word === null ? "" : form.dataset[word] ?? "";
};

class PasskeyButton {
  readonly #form: HTMLFormElement;
  readonly #button: HTMLButtonElement;
  #running: AbortController | null = null;

  constructor(form: HTMLFormElement, button: HTMLButtonElement) {
    this.#form = form;
    this.#button = button;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#run();
    });
  }

  /** A second press begins again: the first one's window is closed. */
  async #run(): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    show(this.#form, null);
    this.#button.setAttribute("aria-busy", "true");
    try {
      const answer = await ask(this.#form, running.signal);
      const field = this.#form.querySelector<HTMLInputElement>("input[name=passkey]");
      if (field === null || this.#running !== running) return;
      field.value = answer;
      this.#form.submit();
    } catch (error) {
      if (this.#running === running) this.#fail(error);
    } finally {
      if (this.#running === running) this.#button.removeAttribute("aria-busy");
    }
  }

  #fail(error: unknown): void {
    if (error instanceof Refused && error.status === STATUS_CONFIRM_FIRST) {
      // The proof of being there is too old by now: the page, loaded again, leads through it.
      location.reload();
      return;
    }
    show(this.#form, error instanceof Refused ? wordOfStatus(error.status) : wordOf(error));
    this.#button.focus();
  }
}

/** Brings every passkey button of the page to life; where the browser has no passkeys, shows the words that say so. */
export const offerPasskeys = (page: Window & typeof globalThis): void => {
  if (typeof page.PublicKeyCredential !== "function") {
    for (const words of page.document.querySelectorAll<HTMLElement>("[data-passkey-missing]")) words.hidden = false;
    return;
  }
  for (const form of page.document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
    const button = form.querySelector<HTMLButtonElement>("button[type=submit]");
    if (button === null) continue;
    new PasskeyButton(form, button);
    form.hidden = false;
  }
};
