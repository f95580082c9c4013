import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { english } from "./en.ts";
import { languageOf, languages, sayIn, spokenMinutes, type Language, type TextKey } from "./texts.ts";

const places = (text: string): string[] => [...text.matchAll(/\{[a-zA-Z]+\}/g)].map(([place]) => place).sort();

describe.each(Object.keys(languages) as Language[])("texts in %s", (language) => {
  const texts = languages[language];

  test("have every key and no other", () => expect(Object.keys(texts)).toEqual(Object.keys(english)));

  test("say something, and have the same places to fill in as English", () => {
    for (const key of Object.keys(english) as TextKey[]) {
      expect(texts[key].trim(), key).not.toBe("");
      expect(places(texts[key]), key).toEqual(places(english[key]));
    }
  });
});

test("no text is there for nothing", () => {
  const folders = ["../", "../../watch/", "../../pictures/"].map((path) => new URL(path, import.meta.url));
  const files = [...folders.flatMap((folder) => readdirSync(folder).map((name) => new URL(name, folder))), new URL("texts.ts", import.meta.url)];
  const code = files.filter((file) => /(?<!test)\.ts$/.test(file.pathname)).map((file) => readFileSync(file, "utf8")).join("");
  // Reasons, states, kinds of blocks and first steps are put together from their names; the compiler knows them all.
  const unused = Object.keys(english).filter((key) => !/^(reason|figures\.kind|files\.(up|down|leftOut)|people\.state|steps\.\w+)\./.test(key) && !code.includes(`"${key}"`));
  expect(unused).toEqual([]);
});

test("a filled-in name is taken as it is, never filled in again", () => {
  expect(sayIn("en")("code.found", { name: "{time} <b>", time: "3 minutes" })).toBe("This is {time} <b>, waiting 3 minutes.");
});

test.each([
  ["nl", "nl"],
  ["nl-BE", "nl"],
  ["NL", "nl"],
  ["de", "en"],
  ["", "en"],
  ["constructor", "en"],
])("language code %j means %s", (code, language) => expect(languageOf(code)).toBe(language));

test("waiting times are told in minutes", () => {
  const say = sayIn("nl");
  expect(spokenMinutes(say, 12)).toBe("minder dan een minuut");
  expect(spokenMinutes(say, 100)).toBe("1 minuut");
  expect(spokenMinutes(say, 600)).toBe("10 minuten");
});
