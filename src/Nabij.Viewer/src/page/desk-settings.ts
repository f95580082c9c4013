// What a technician has chosen for this browser: how the desk looks, and how it tells of customers who come. Kept in the
// browser's own storage; where that is not to be had, it holds until the page goes.

export type Theme = "system" | "light" | "dark";
export type TypeSize = "normal" | "large" | "largest";

export interface DeskChoices {
  readonly theme: Theme;
  readonly type: TypeSize;
  readonly sound: boolean;
  readonly notices: boolean;
}

export const usualChoices: DeskChoices = { theme: "system", type: "normal", sound: false, notices: false };

const storageKey = "nabij.desk";
const themes: readonly string[] = ["system", "light", "dark"];
const types: readonly string[] = ["normal", "large", "largest"];

/** What was stored; anything else is as usual. */
export function readChoices(stored: string | null): DeskChoices {
  let given: Record<string, unknown>;
  try {
    given = (JSON.parse(stored ?? "{}") ?? {}) as Record<string, unknown>;
  } catch {
    return usualChoices;
  }
  const { theme, type, sound, notices } = given;
  return {
    theme: typeof theme === "string" && themes.includes(theme) ? (theme as Theme) : "system",
    type: typeof type === "string" && types.includes(type) ? (type as TypeSize) : "normal",
    sound: sound === true,
    notices: notices === true,
  };
}

export class DeskSettings {
  #choices: DeskChoices;
  readonly #changed: ((choices: DeskChoices) => void)[] = [];

  constructor() {
    this.#choices = readChoices(storage()?.getItem(storageKey) ?? null);
  }

  get choices(): DeskChoices {
    return this.#choices;
  }

  /** Tells the choices now, and whenever they change. */
  follow(changed: (choices: DeskChoices) => void): void {
    this.#changed.push(changed);
    changed(this.#choices);
  }

  choose(change: Partial<DeskChoices>): void {
    this.#choices = { ...this.#choices, ...change };
    try {
      storage()?.setItem(storageKey, JSON.stringify(this.#choices));
    } catch {
      // The browser keeps nothing for this page.
    }
    for (const changed of this.#changed) changed(this.#choices);
  }
}

/** What this browser remembers for this site; null where it gives no page any. */
export function storage(): Storage | null {
  try {
    // eslint-disable-next-line no-restricted-globals -- how the desk looks and rings is no secret, and meant to outlive the page
    return localStorage;
  } catch {
    return null;
  }
}
