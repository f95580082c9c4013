// Tells the technician of customers who have just come, wherever the technician looks: a sound, a notice of the system's, the
// count in the title, and a word to screen readers. Sound and notices only for who asked for them, by a button.

import { chime } from "./chime.ts";
import type { DeskSettings } from "./desk-settings.ts";
import { button, element, setText } from "./element.ts";
import type { Say } from "./texts/texts.ts";

/** Those who come within so long are told of together. */
const gatherMilliseconds = 700;

export interface ArrivalEvents {
  /** The technician has pressed a notice. */
  readonly called: () => void;
  /** Whether the waiting room is before the technician's eyes. */
  readonly isSeen: () => boolean;
  /** Says it to whoever looks at a session. */
  readonly tell: (text: string) => void;
}

export class Arrivals {
  /** For screen readers; stands outside of everything that is hidden. */
  readonly announcer = element("p", { class: "announcer", role: "status", "aria-live": "polite" });
  readonly tools: HTMLElement;
  readonly #say: Say;
  readonly #settings: DeskSettings;
  readonly #events: ArrivalEvents;
  readonly #sound: HTMLButtonElement;
  readonly #notices: HTMLButtonElement;
  readonly #hint = element("p", { class: "hint", role: "status" });
  #names: string[] = [];
  #count = 0;

  constructor(say: Say, settings: DeskSettings, events: ArrivalEvents) {
    this.#say = say;
    this.#settings = settings;
    this.#events = events;
    this.#sound = button("", { class: "quiet small" }, () => this.#switchSound());
    this.#notices = button("", { class: "quiet small", hidden: !("Notification" in globalThis) }, () => void this.#switchNotices());
    this.tools = element("div", { class: "alerts" }, this.#sound, this.#notices, this.#hint);
    settings.follow(() => this.#show());
  }

  /** @param name of one who came
   * @param count how many wait now */
  came(names: readonly string[], count: number): void {
    const isFirst = this.#names.length === 0;
    this.#names.push(...names);
    this.#count = count;
    if (isFirst) setTimeout(() => this.#tell(), gatherMilliseconds);
  }

  #tell(): void {
    const names = this.#names;
    this.#names = [];
    const [first] = names;
    if (first === undefined) return;
    const text = arrivalText(this.#say, names, this.#count);
    setText(this.announcer, text);
    const { sound, notices } = this.#settings.choices;
    if (sound) chime();
    if (!this.#events.isSeen()) this.#events.tell(text);
    if (notices && !(this.#events.isSeen() && document.visibilityState === "visible")) this.#notice(text);
  }

  #notice(text: string): void {
    if (Notification.permission !== "granted") return;
    try {
      // One notice at a time: the newest tells of all.
      const notice = new Notification(this.#say("alerts.title"), { body: text, tag: "nabij-waiting", lang: document.documentElement.lang });
      notice.addEventListener("click", () => {
        window.focus();
        this.#events.called();
        notice.close();
      });
    } catch {
      // Browsers of phones have notices for installed pages only.
    }
  }

  #switchSound(): void {
    const sound = !this.#settings.choices.sound;
    this.#settings.choose({ sound });
    // The press is what lets a page make sounds, and the technician hears what is coming.
    if (sound) chime();
  }

  async #switchNotices(): Promise<void> {
    if (this.#settings.choices.notices) {
      this.#settings.choose({ notices: false });
      return;
    }
    const answer = await Notification.requestPermission();
    setText(this.#hint, answer === "granted" ? "" : this.#say("alerts.refused"));
    if (answer === "granted") this.#settings.choose({ notices: true });
  }

  #show(): void {
    const { sound, notices } = this.#settings.choices;
    setText(this.#sound, this.#say(sound ? "alerts.soundOn" : "alerts.soundOff"));
    this.#sound.setAttribute("aria-pressed", String(sound));
    setText(this.#notices, this.#say(notices ? "alerts.noticesOn" : "alerts.noticesOff"));
    this.#notices.setAttribute("aria-pressed", String(notices));
  }
}

/** One is named; of several it is said how many. */
export function arrivalText(say: Say, names: readonly string[], count: number): string {
  const [first = ""] = names;
  const who = names.length === 1 ? say("alerts.one", { name: first }) : say("alerts.several", { count: names.length });
  return count > names.length ? `${who} ${say("alerts.total", { count })}` : who;
}
