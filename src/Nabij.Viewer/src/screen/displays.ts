// Which of the shared displays the technician looks at (LAYOUT, docs/protocol/05-screen.md). Names are the peer's text and
// need not differ. Knows no document.

import type { Display } from "../protocol/screen.ts";
import type { Area, Size } from "./placement.ts";

/** The part of the screen to show: one display, or all of it. */
export function areaOf(size: Size, display: Display | null): Area {
  if (display === null) return { x: 0, y: 0, ...size };
  const { x, y, width, height } = display;
  return { x, y, width, height };
}

/**
 * The display of a new layout that was chosen in the one before: by its name where that tells it apart, else by its place.
 * null: it is gone, or nothing was chosen.
 */
export function sameDisplay(chosen: Display | null, displays: readonly Display[]): Display | null {
  if (chosen === null) return null;
  const named = displays.filter(({ name }) => name !== "" && name === chosen.name);
  if (named.length === 1) return named[0] ?? null;
  const candidates = named.length > 0 ? named : displays.filter(({ name }) => name === "" || chosen.name === "");
  return candidates.find(({ x, y, width, height }) => x === chosen.x && y === chosen.y && width === chosen.width && height === chosen.height) ?? null;
}

/** The choice after this one, in the order all, first, second...; backwards when direction is -1. */
export function nextChoice(chosen: Display | null, displays: readonly Display[], direction: 1 | -1): Display | null {
  const choices = [null, ...displays];
  const at = choices.indexOf(chosen);
  return choices[(at + direction + choices.length) % choices.length] ?? null;
}
