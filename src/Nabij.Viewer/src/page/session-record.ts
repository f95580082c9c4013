// What goes into the organization's records about one session: the technician's note and the time worked. Reads what the
// server has, then saves what changes. Knows no document.

import type { Later } from "../input/keyboard.ts";
import { NoteKeeper } from "./note-keeper.ts";
import type { NotesApi } from "./notes-api.ts";
import { WorkClock } from "./work-clock.ts";

const timeSavedMilliseconds = 60_000;
const openAgainMilliseconds = 5_000;

export interface SessionRecordEvents {
  readonly changed: () => void;
  readonly later: Later;
  readonly now: () => number;
}

export class SessionRecord {
  readonly note: NoteKeeper;
  readonly clock = new WorkClock();
  readonly #api: NotesApi;
  readonly #events: SessionRecordEvents;
  #session = "";
  #isOpen = false;
  #isOver = false;
  #corrected: number | null = null;
  #isTimeKept = true;
  #timeSavedAt = 0;
  #cancel: (() => void) | null = null;

  constructor(api: NotesApi, events: SessionRecordEvents) {
    this.#api = api;
    this.#events = events;
    this.note = new NoteKeeper({ save: (text, revision) => api.save(this.#session, text, revision), changed: () => events.changed(), later: events.later, now: events.now });
  }

  /** The server's number of the session; empty before it has one. */
  get session(): string {
    return this.#session;
  }

  /** The technician's own figure, in seconds; null: as counted. */
  get corrected(): number | null {
    return this.#corrected;
  }

  get isTimeKept(): boolean {
    return this.#isTimeKept;
  }

  /** The server knows the session: reads what it has of it, and saves from now on. */
  async open(session: string): Promise<void> {
    this.#session = session;
    try {
      const stored = await this.#api.read(session);
      if (this.#isOver) return;
      this.#isOpen = true;
      this.clock.begin(stored.counted);
      this.#corrected ??= stored.corrected;
      this.note.open(stored.text, stored.revision);
      this.#timeSavedAt = this.#events.now();
      if (!this.#isTimeKept) void this.saveTime();
    } catch {
      // Perhaps the server was away for a moment; what is typed meanwhile is kept here.
      if (!this.#isOver) this.#cancel = this.#events.later(openAgainMilliseconds, () => void this.open(session));
    }
    this.#events.changed();
  }

  /** Another window has saved another note: reads it. null: it cannot be had now. */
  async other(): Promise<{ readonly text: string; readonly revision: number } | null> {
    return this.#api.read(this.#session).catch(() => null);
  }

  correct(seconds: number | null): void {
    this.#corrected = seconds;
    void this.saveTime();
  }

  work(isActive: boolean): void {
    this.clock.work(isActive, this.#events.now());
  }

  pause(isPaused: boolean): void {
    this.clock.pause(isPaused, this.#events.now());
    void this.saveTime();
  }

  get counted(): number {
    return this.clock.counted(this.#events.now());
  }

  /** Time goes on. */
  tick(): void {
    if (this.clock.isRunning && this.#events.now() - this.#timeSavedAt >= timeSavedMilliseconds) void this.saveTime();
  }

  flush(): void {
    this.note.flush();
    void this.saveTime();
  }

  async saveTime(): Promise<void> {
    this.#isTimeKept = false;
    if (!this.#isOpen) return;
    this.#timeSavedAt = this.#events.now();
    this.#isTimeKept = await this.#api.saveTime(this.#session, this.counted, this.#corrected);
    this.#events.changed();
  }

  dispose(): void {
    this.#isOver = true;
    this.#cancel?.();
    this.flush();
  }
}
