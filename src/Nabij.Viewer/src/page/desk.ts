// The desk: the one page of the technician. Wires code entry, waiting room and sessions together; the server gives the frame
// (DeskPage.razor) and this script fills it.

import "./desk.css";
import "./waiting-room.css";
import "./session.css";
import "./tabs.css";
import "./chat-pane.css";
import "./files-pane.css";
import "./notes-pane.css";
import "./keep-dialog.css";
import "./text-pane.css";
import "./session-panel.css";
import "./first-steps.css";
import "./sign-in-notice.css";
import { privatePlatform } from "../files/private-platform.ts";
import { removeLeftOvers } from "../files/private-files.ts";
import { closeReasons } from "../protocol/errors.ts";
import type { EndReason } from "../session/states.ts";
import { Arrivals } from "./arrivals.ts";
import { Connecting } from "./connecting.ts";
import { DeskApi } from "./desk-api.ts";
import { DeskSettings, storage } from "./desk-settings.ts";
import { element } from "./element.ts";
import { FirstSteps } from "./first-steps.ts";
import { stateWord } from "./glance.ts";
import { KeysDialog } from "./keys-dialog.ts";
import { NotesApi, type NotesSetup } from "./notes-api.ts";
import { OpenSessions } from "./open-sessions.ts";
import { PicturesApi } from "./pictures-api.ts";
import { Presence } from "./presence.ts";
import { protection } from "./protection.ts";
import { RecentSessions } from "./recent-sessions.ts";
import { SignInNotice } from "./sign-in-notice.ts";
import { Stage } from "./stage.ts";
import { TechnicianKey } from "./technician-key.ts";
import { languageOf, sayIn } from "./texts/texts.ts";
import { CallbackSection } from "./callback-section.ts";
import { WaitingRoom } from "./waiting-room.ts";
import type { WaitingCustomer } from "./waiting-room-model.ts";

const clearAwayMilliseconds = 3_000;
const language = languageOf(document.documentElement.lang);
const say = sayIn(language);
const given = (name: string): string => document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? "";
const title = document.title;
const own = given("technician-id");

const api = new DeskApi(given("antiforgery"));
const technicianKey = new TechnicianKey(api, own);
const firstSteps = new FirstSteps(say, own, storage());
const settings = new DeskSettings();
const notesApi = new NotesApi(api);
/** Asked for once; again only after it failed. */
let setup: Promise<NotesSetup> | null = null;
const notes = { api: notesApi, setup: notesSetup, technician: given("technician-name"), language, pictures: { api: new PicturesApi(api), author: own, language } };
const recent = new RecentSessions(say, notes);
const keys = new KeysDialog(say, Stage.isMac, settings);
const sessions: OpenSessions = new OpenSessions(say, notes, {
  begun: (serverSession) => api.begun(serverSession),
  ended: (serverSession, reason) => void api.ended(serverSession, recorded(reason)),
  failed: (reason, wasFront) => connecting.failed(reason, wasFront),
  returned: () => {
    connecting.clear();
    void recent.refresh();
  },
  changed: showTitle,
  showKeys: () => keys.open(),
});
const arrivals = new Arrivals(say, settings, { called: () => sessions.toWaitingRoom(), isSeen: () => sessions.front === null, tell: (text) => sessions.front?.tell(text) });
const room: WaitingRoom = new WaitingRoom(say, language, { own, helpPage: new URL(given("help-page") || "/", location.origin).href, tools: arrivals.tools }, {
  take: (customer, over) => void take(customer, over),
  giveBack: (customer) => void api.release(customer.place).catch((error: unknown) => connecting.problem(error)),
  arrived: (customers, count) => arrivals.came(customers.map((customer) => room.nameOf(customer)), count),
  counted: (count) => {
    sessions.waiting = count;
    showTitle();
  },
});
const callbacks = new CallbackSection(say, language, api);
room.beside.append(callbacks.root);
const notice = new SignInNotice(say, language, () => presence.used());
const presence: Presence = new Presence(api, { ending: (left) => notice.ending(left), goesOn: () => notice.clear(), over: signedOut });
const connecting = new Connecting(say, { api, technicianKey, room, sessions });

function notesSetup(): Promise<NotesSetup> {
  setup ??= notesApi.setup().catch((error: unknown) => {
    setup = null;
    throw error;
  });
  return setup;
}

function fillPage(): void {
  const main = document.querySelector("main") ?? document.body.appendChild(element("main"));
  const entry = element("section", { class: "card" }, element("h1", {}, say("desk.heading")), connecting.form.root, recent.root, protection(say));
  main.replaceChildren(firstSteps.root, element("div", { class: "columns" }, entry, room.root), firstSteps.opener);
  firstSteps.begin();
  main.before(sessions.strip.root);
  document.body.append(arrivals.announcer, notice.root, keys.root);
  document.querySelector(".staff form")?.before(keys.button);
  connecting.form.focus();
}

/** "I take this one": colleagues see it, and the number stands in the field. */
async function take(customer: WaitingCustomer, over: boolean): Promise<void> {
  try {
    await api.claim(customer.place, over);
    connecting.begin(customer);
  } catch (error) {
    connecting.problem(error);
  }
}

/** Records know the reasons of the protocol; everything else is a connection that was lost. */
function recorded(reason: EndReason): string {
  return Object.values<string>(closeReasons).includes(reason) ? reason : "connection-lost";
}

/** How many wait, whether a session wants to be looked at, and where the one in front stands. */
function showTitle(): void {
  const waiting = room.count > 0 ? `(${room.count}) ` : "";
  const mark = sessions.wantsAttention ? "● " : "";
  const { front } = sessions;
  document.title = `${waiting}${mark}${front === null ? "" : `${stateWord(say, front.glance)} · `}${title}`;
}

/** Nothing that names a waiting customer stays on a screen that nobody may look at. What a session left behind is the technician's. */
function signedOut(): void {
  unwatch();
  room.replace([]);
  for (const columns of document.querySelectorAll<HTMLElement>("main .columns")) columns.hidden = true;
  notice.over();
}

function guardLeaving(): void {
  addEventListener("beforeunload", (event) => {
    if (!sessions.isRunning) return;
    event.preventDefault();
    sessions.showInFlight();
  });
  addEventListener("pagehide", () => sessions.endAll());
  addEventListener("popstate", () => {
    const { front } = sessions;
    if (front === null) return;
    if (!front.isRunning) {
      sessions.toWaitingRoom();
      return;
    }
    history.pushState({ session: true }, "", "#session");
    front.remind();
  });
}

/** Files of pages that are gone. Later, so that nothing waits for the disk. */
function clearAway(): void {
  setTimeout(() => void removeLeftOvers(privatePlatform).catch(() => undefined), clearAwayMilliseconds);
}

// A reload in a session leaves its mark behind.
if (location.hash !== "") history.replaceState(null, "", location.pathname + location.search);
clearAway();
fillPage();
guardLeaving();
void recent.refresh();
presence.begin(document);
const unwatch = api.watch({
  list: (customers) => {
    room.isOffline = false;
    room.replace(customers);
    connecting.refresh();
  },
  change: (change) => {
    room.isOffline = false;
    room.change(change);
    connecting.refresh();
  },
  callbacks: () => void callbacks.refresh(),
  offline: () => (room.isOffline = true),
  refused: () => void presence.look(),
});
