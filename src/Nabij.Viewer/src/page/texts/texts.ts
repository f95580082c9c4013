// Texts for people by key, in the language of the page. Every language has every key: the compiler checks it.

import { dutch } from "./nl.ts";
import { english } from "./en.ts";

export type TextKey = keyof typeof english;
export type Texts = { readonly [Key in TextKey]: string };

/** Languages by their code; another language is a file and a line here. */
export const languages = { en: english as Texts, nl: dutch } as const;
export type Language = keyof typeof languages;

/** The values for the places in a text; what comes from a peer goes in here and is shown as text only. */
export type TextValues = Readonly<Record<string, string | number>>;

/** Looks a text up and fills it in. */
export type Say = (key: TextKey, values?: TextValues) => string;

/** The language for a code such as `nl-BE`; English where there is none. */
export function languageOf(code: string): Language {
  const primary = code.toLowerCase().split("-")[0] ?? "";
  return Object.hasOwn(languages, primary) ? (primary as Language) : "en";
}

export function sayIn(language: Language): Say {
  const texts = languages[language];
  return (key, values = {}) => texts[key].replace(/\{([a-zA-Z]+)\}/g, (place, name: string) => String(values[name] ?? place));
}

/** A time as people say it: `3 minutes`. */
export function spokenMinutes(say: Say, seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return say("time.moment");
  return minutes === 1 ? say("time.minute") : say("time.minutes", { count: minutes });
}
