// The desk: the one page of the technician. Wires the code form, the waiting list and the session together; the server
// gives the frame (DeskPage.razor) and this script fills it.

import "./desk.css";
import "./session.css";
import "./chat-pane.css";
import "./files-pane.css";
import "./text-pane.css";
import "./session-panel.css";
import "./first-steps.css";
import { closeReasons } from "../protocol/errors.ts";
import { privatePlatform } from "../files/private-platform.ts";
import { removeLeftOvers } from "../files/private-files.ts";
import type { EndReason } from "../session/states.ts";
import { Admissions } from "./admissions.ts";
import { missing } from "./browser.ts";
import { CodeForm } from "./code-form.ts";
import { DeskApi, DeskProblem } from "./desk-api.ts";
import { element } from "./element.ts";
import { FirstSteps } from "./first-steps.ts";
import { protection } from "./protection.ts";
import { usablePermissions } from "./session-model.ts";
import { SessionPage } from "./session-page.ts";
import type { SupportCode } from "./support-code.ts";
import { TechnicianKey } from "./technician-key.ts";
import { languageOf, sayIn, spokenMinutes } from "./texts/texts.ts";
import { WaitingList, type WaitingCustomer } from "./waiting-list.ts";

const language = languageOf(document.documentElement.lang);
const say = sayIn(language);
const given = (name: string): string => document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? "";
const title = document.title;

const api = new DeskApi(given("antiforgery"));
const technicianKey = new TechnicianKey(api, given("technician-id"));
const list = new WaitingList(say, language, choose);
const admissions = new Admissions(api, technicianKey);
const firstSteps = new FirstSteps(say, given("technician-id"), kept());
const form = new CodeForm(say, { nameplateTyped, completed, connect: (code) => void connect(code) });

const clearAwayMilliseconds = 3_000;
/** What this browser does not have and a session needs. */
const lack = missing(globalThis);
let session: SessionPage | null = null;
// The next session's worker loads while nobody waits for it.
let next: SessionPage | null = null;
/** For the next try after a wrong code: only the secret digits are new then. */
let lastNameplate = "";
/** The nameplate in the field; null while nothing is to be said about it. */
let typed: string | null = null;

function fillPage(): void {
  const main = document.querySelector("main") ?? document.body.appendChild(element("main"));
  const entry = element("section", { class: "card" }, element("h1", {}, say("desk.heading")), form.root, protection(say));
  main.replaceChildren(firstSteps.root, element("div", { class: "columns" }, entry, list.root), firstSteps.opener);
  firstSteps.begin();
  form.focus();
  if (lack !== null) warn(say(lack));
}

/** What this browser remembers for this site; null where it gives no page any. */
function kept(): Storage | null {
  try {
    // eslint-disable-next-line no-restricted-globals -- that the first steps were put away is no secret
    return localStorage;
  } catch {
    return null;
  }
}

function choose(customer: WaitingCustomer): void {
  form.begin(customer.nameplate);
  form.tell(say("code.pickedUp", { name: list.nameOf(customer) }));
}

function nameplateTyped(nameplate: string | null): void {
  typed = nameplate;
  if (nameplate === null) return;
  // While a session runs, another worker would only take its time.
  if (session?.isRunning !== true && prepare() === null) return;
  const customer = list.find(nameplate);
  if (customer === null) form.tell(say("code.notWaiting"));
  else if (customer.name.trim() === "") form.tell(say("code.foundNameless", { time: list.waitingTime(customer) }));
  else form.tell(say("code.found", { name: customer.name, time: list.waitingTime(customer) }));
}

/** The technician will connect in a moment. */
function completed(nameplate: string): void {
  if (session?.isRunning === true) return;
  admissions.prepare(nameplate);
  prepare()?.prepare(location.origin);
}

/** Gets ready what a session needs, while the technician is still typing; null, and said, where this browser cannot run one. */
function prepare(): SessionPage | null {
  try {
    if (lack !== null) throw new DeskProblem(lack);
    if (next?.isRunning !== true) next = newSession();
  } catch (error) {
    problem(error);
    return null;
  }
  // A failure is told when the technician connects; until then it may have passed.
  technicianKey.proof().catch(() => undefined);
  return next;
}

function newSession(): SessionPage {
  const page: SessionPage = new SessionPage(say, {
    // What failed before the technician connects is made anew then, and fails again where it can be told.
    failed: (reason) => page === session && failed(reason),
    closed: returnToDesk,
    changed: ({ state }) => (document.title = titleFor(state)),
    begun: (serverSession) => api.begun(serverSession),
    ended: (serverSession, reason) => api.ended(serverSession, recorded(reason)),
  });
  return page;
}

async function connect(code: SupportCode): Promise<void> {
  if (session?.isRunning === true) return;
  const [previous, current] = [session, prepare()];
  if (current === null) return;
  session = current;
  next = null;
  const joined = admit(current, code);
  // What was asked for ahead is here: the join leaves before the page is drawn anew, which takes longer than its way.
  await Promise.race([joined.catch(() => undefined), new Promise((resolve) => setTimeout(resolve))]);
  previous?.dispose();
  document.body.append(current.root);
  document.body.classList.add("in-session");
  history.pushState({ session: true }, "", "#session");
  current.begin(list.find(code.nameplate)?.name ?? "");
  try {
    await joined;
  } catch (error) {
    current.end("program-closed");
    problem(error);
  }
}

async function admit(current: SessionPage, code: SupportCode): Promise<void> {
  const { proof, ticket } = await admissions.take(code.nameplate);
  if (proof.origin !== location.origin) throw new DeskProblem("problem.origin", { origin: proof.origin });
  current.join({
    type: "join",
    origin: location.origin,
    ticket,
    nameplate: code.nameplate,
    secret: new TextEncoder().encode(code.secret),
    certificate: proof.certificate,
    signingKey: proof.signingKey,
    organizationKeyHash: proof.organizationKeyHash,
    requested: usablePermissions,
  });
  lastNameplate = code.nameplate;
}

function failed(reason: EndReason | null): void {
  returnToDesk();
  if (reason === null) return;
  if (reason === "wrong-code") form.begin(lastNameplate);
  warn(say(`reason.${reason}`));
}

/** Stays until the technician types. */
function warn(text: string): void {
  typed = null;
  form.warn(text);
}

function problem(error: unknown): void {
  if (!(error instanceof DeskProblem)) warn(say("problem.internal"));
  else warn(say(error.text, { time: spokenMinutes(say, Number(error.values["seconds"] ?? 0)), ...error.values }));
}

/** Records know the reasons of the protocol; everything else is a connection that was lost. */
function recorded(reason: EndReason): string {
  return Object.values<string>(closeReasons).includes(reason) ? reason : "connection-lost";
}

function returnToDesk(): void {
  document.body.classList.remove("in-session");
  document.title = title;
  cleanAddress();
  form.clear();
  form.tell("");
  form.focus();
}

/** The address of the desk without a session; a reload in a session leaves its mark behind. */
function cleanAddress(): void {
  if (location.hash !== "") history.replaceState(null, "", location.pathname + location.search);
}

function titleFor(state: SessionPage["state"]): string {
  const words = { connecting: "state.connecting", "waiting-for-customer": "state.waiting", active: "state.active", stopped: "state.stopped", resuming: "state.resuming", ended: "state.ended" } as const;
  return `${say(words[state])} · ${title}`;
}

function showWaiting(customers: readonly WaitingCustomer[] | null): void {
  list.isOffline = customers === null;
  if (customers === null) return;
  list.show(customers);
  if (typed !== null) nameplateTyped(typed);
}

function guardLeaving(): void {
  addEventListener("beforeunload", (event) => {
    if (session?.isRunning !== true) return;
    event.preventDefault();
    session.showInFlight();
  });
  // The page goes: the session ends on this side, and the customer is told so.
  addEventListener("pagehide", () => session?.end("program-closed"));
  addEventListener("popstate", () => {
    if (session?.isRunning !== true) return;
    history.pushState({ session: true }, "", "#session");
    session.remind();
  });
}

/** Files of pages that are gone. Later, so that nothing waits for the disk. */
function clearAway(): void {
  setTimeout(() => void removeLeftOvers(privatePlatform).catch(() => undefined), clearAwayMilliseconds);
}

cleanAddress();
clearAway();
fillPage();
guardLeaving();
api.watch(showWaiting);
