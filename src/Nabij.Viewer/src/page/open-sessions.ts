// The sessions that are open at this desk, each with a worker of its own, and which of them is in front. Knows nothing of how a
// session comes about. Keys and mouse go to the one in front; the waiting room is in front when none is.

import type { EndReason } from "../session/states.ts";
import { attentionOf, attentionText, nextPlace, type Attention, type Glance } from "./glance.ts";
import type { NotesDesk } from "./notes-pane.ts";
import { SessionPage } from "./session-page.ts";
import type { SessionPageEvents } from "./session-page-events.ts";
import { isOfDesk, shortcutOf, tabOf, type DeskShortcut } from "./shortcuts.ts";
import { TabStrip } from "./tab-strip.ts";
import type { Say } from "./texts/texts.ts";

/** Each session has a worker, a picture and a connection: so many one browser serves without becoming slow. */
export const mostSessions = 8;

export interface OpenSessionsEvents extends Pick<SessionPageEvents, "begun" | "ended"> {
  /** No session came about; null when the technician gave up. `wasFront`: the technician was looking. */
  readonly failed: (reason: EndReason | null, wasFront: boolean) => void;
  /** The waiting room came to the front. */
  readonly returned: () => void;
  /** What the title says has changed. */
  readonly changed: () => void;
  readonly showKeys: () => void;
}

interface OpenSession {
  readonly key: number;
  readonly page: SessionPage;
  glance: Glance;
  attention: Attention | null;
}

export class OpenSessions {
  readonly strip: TabStrip;
  readonly #say: Say;
  readonly #notes: NotesDesk;
  readonly #events: OpenSessionsEvents;
  #sessions: OpenSession[] = [];
  #front: OpenSession | null = null;
  /** Which was in front before this one. */
  #last: OpenSession | null = null;
  #nextKey = 1;
  #waiting = 0;

  constructor(say: Say, notes: NotesDesk, events: OpenSessionsEvents) {
    this.#say = say;
    this.#notes = notes;
    this.#events = events;
    this.strip = new TabStrip(say, {
      choose: (key) => this.#show(this.#sessions.find((one) => one.key === key) ?? null),
      close: (key) => this.#close(this.#sessions.find((one) => one.key === key) ?? null),
    });
    // Behind the stage of the session in front, which has taken what is the picture's.
    addEventListener("keydown", (event) => {
      if (event.defaultPrevented || event.repeat) return;
      const shortcut = shortcutOf(event);
      if (shortcut === null || !isOfDesk(shortcut)) return;
      event.preventDefault();
      this.obey(shortcut);
    });
  }

  get isFull(): boolean {
    return this.#sessions.length >= mostSessions;
  }

  get isRunning(): boolean {
    return this.#sessions.some(({ page }) => page.isRunning);
  }

  /** The session that the technician looks at; null: the waiting room. */
  get front(): SessionPage | null {
    return this.#front?.page ?? null;
  }

  get wantsAttention(): boolean {
    return this.#sessions.some(({ attention }) => attention !== null);
  }

  set waiting(count: number) {
    this.#waiting = count;
    this.#draw();
  }

  /** A session that can get ready; it has no tab before it is opened. */
  make(): SessionPage {
    const page: SessionPage = new SessionPage(this.#say, {
      begun: this.#events.begun,
      ended: this.#events.ended,
      // What failed before the technician connects is made anew then, and fails again where it can be told.
      failed: (reason) => this.#find(page) !== null && this.#failed(page, reason),
      closed: () => this.#remove(this.#find(page)),
      changed: (glance) => this.#changed(page, glance),
      shortcut: (shortcut) => this.obey(shortcut),
    }, this.#notes);
    return page;
  }

  /** Gives the session a tab, in front. */
  open(page: SessionPage): void {
    const session = { key: this.#nextKey++, page, glance: page.glance, attention: null };
    this.#sessions.push(session);
    this.#show(session);
  }

  toWaitingRoom(): void {
    this.#show(null);
  }

  obey(shortcut: DeskShortcut): void {
    // Who is asked something answers it first.
    if (document.querySelector("dialog[open]") !== null) return;
    const places = [null, ...this.#sessions];
    const place = places.indexOf(this.#front);
    const tab = tabOf(shortcut);
    if (tab !== null) {
      const chosen = this.#sessions[tab - 1];
      if (chosen !== undefined) this.#show(chosen);
    } else if (shortcut === "next-tab" || shortcut === "previous-tab") {
      this.#show(places[nextPlace(place, places.length, shortcut === "next-tab" ? 1 : -1)] ?? null);
    } else if (shortcut === "waiting-room") this.#show(null);
    else if (shortcut === "last-tab" && this.#last !== null) this.#show(this.#last);
    else if (shortcut === "keys") this.#events.showKeys();
  }

  /** Brings to the front what leaving the page would cut off, for the case that the technician stays. */
  showInFlight(): void {
    const copying = this.#sessions.find(({ page }) => page.hasFilesInFlight);
    if (copying === undefined) return;
    if (this.#front?.page.hasFilesInFlight !== true) this.#show(copying);
    this.#front?.page.showInFlight();
  }

  /** The page goes: every session ends on this side, and its customer is told so. */
  endAll(): void {
    for (const { page } of this.#sessions) {
      page.saveNotes();
      page.end("program-closed");
    }
  }

  #show(session: OpenSession | null): void {
    if (session === this.#front) return;
    const before = this.#front;
    if (before !== null && this.#sessions.includes(before)) this.#last = before;
    this.#front = session;
    // What is held at the customer's is let go of before anybody else gets the keyboard.
    if (before !== null) before.page.isFront = false;
    document.body.classList.toggle("in-session", session !== null);
    if (session !== null) session.attention = null;
    this.#draw();
    if (session === null) this.#leave();
    else {
      if (before === null) history.pushState({ session: true }, "", "#session");
      session.page.isFront = true;
    }
    this.#events.changed();
  }

  #leave(): void {
    if (location.hash !== "") history.replaceState(null, "", location.pathname + location.search);
    this.#events.returned();
  }

  #close(session: OpenSession | null): void {
    if (session === null) return;
    if (session.page.isRunning) this.#show(session);
    session.page.askToClose();
  }

  #failed(page: SessionPage, reason: EndReason | null): void {
    const wasFront = this.front === page;
    this.#remove(this.#find(page));
    this.#events.failed(reason, wasFront);
  }

  #remove(session: OpenSession | null): void {
    if (session === null) return;
    this.#sessions = this.#sessions.filter((one) => one !== session);
    if (this.#last === session) this.#last = null;
    if (this.#front === session) this.#show(null);
    session.page.dispose();
    this.#draw();
    this.#events.changed();
  }

  #changed(page: SessionPage, glance: Glance): void {
    const session = this.#find(page);
    if (session === null) return;
    const attention = attentionOf(session.glance, glance);
    session.glance = glance;
    if (session !== this.#front && attention !== null) {
      session.attention = attention;
      const name = glance.customer.trim() === "" ? this.#say("waiting.nameless") : glance.customer;
      this.#front?.page.tell(attentionText(this.#say, attention, name));
    }
    this.#draw();
    this.#events.changed();
  }

  #find(page: SessionPage): OpenSession | null {
    return this.#sessions.find((one) => one.page === page) ?? null;
  }

  #draw(): void {
    const tabs = this.#sessions.map((one) => ({ key: one.key, glance: one.glance, isFront: one === this.#front, attention: one.attention }));
    this.strip.show(tabs, this.#waiting);
    document.body.classList.toggle("has-tabs", !this.strip.root.hidden);
  }
}
