// What a peer, or a disk, calls a file (docs/protocol/08-files.md "Names"): taken as it is or refused, never repaired.
// vectors/names.json holds this against the host's FileName.cs.

import { fileLimits } from "./files.ts";

/** In the order of the checks; a test compares this list with the chapter's table. */
export const nameRefusals = [
  "empty",
  "surrogate",
  "too-long",
  "control",
  "character",
  "invisible",
  "dots",
  "ending",
  "device",
  "own",
  "not-composed",
] as const;
export type NameRefusal = (typeof nameRefusals)[number];

const invisible =
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ufdd0-\ufdef]|[\u{e0000}-\u{e00ff}]|\p{Noncharacter_Code_Point}/u;
const control = /[\u0000-\u001f\u007f-\u009f]/;
const forbidden = /[/\\:*?"<>|]/;
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\.|$)/;
const ownPrefix = ".nabij-";
const utf8 = new TextEncoder();

/** The first rule that a component breaks, or null. */
export function judgeName(component: string): NameRefusal | null {
  if (component === "") return "empty";
  if (hasLoneSurrogate(component)) return "surrogate";
  if (component.length > fileLimits.componentUnits || utf8.encode(component).length > fileLimits.componentBytes) return "too-long";
  if (control.test(component)) return "control";
  if (forbidden.test(component)) return "character";
  if (invisible.test(component)) return "invisible";
  if (component === "." || component === "..") return "dots";
  if (/[. ]$/.test(component)) return "ending";
  const lower = component.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  if (device.test(lower)) return "device";
  if (lower.startsWith(ownPrefix)) return "own";
  return component.normalize("NFC") === component ? null : "not-composed";
}

function hasLoneSurrogate(text: string): boolean {
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    if (point >= 0xd800 && point <= 0xdfff) return true;
  }
  return false;
}
