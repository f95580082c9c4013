// The keys of shortcuts.ts, for people: in the panel of a session, and in the list of all of them.

import type { TextKey } from "./texts/texts.ts";

export interface ShortcutWords {
  readonly keys: string;
  readonly caption: TextKey;
}

export const sessionShortcuts: readonly ShortcutWords[] = [
  { keys: "Ctrl+Alt+Home", caption: "shortcuts.panel" },
  { keys: "Ctrl+Alt+PgUp", caption: "bar.larger" },
  { keys: "Ctrl+Alt+PgDn", caption: "bar.smaller" },
  { keys: "Ctrl+Alt+End", caption: "shortcuts.fit" },
  { keys: "Ctrl+Alt+Enter", caption: "bar.fullscreen" },
  { keys: "Ctrl+Alt+Shift+PgDn", caption: "shortcuts.nextDisplay" },
  { keys: "Ctrl+Alt+Shift+PgUp", caption: "shortcuts.previousDisplay" },
  { keys: "Ctrl+Alt+Shift+Home", caption: "figures.show" },
  { keys: "Ctrl+Alt+Shift+Enter", caption: "chat.open" },
  { keys: "Ctrl+Alt+Shift+End", caption: "files.open" },
  { keys: "Ctrl+Alt+Shift+Ins", caption: "notes.open" },
  { keys: "Ctrl+Alt+Shift+↑", caption: "keep.open" },
  { keys: "Ctrl+Alt+Ins", caption: "draw.shortcut" },
  { keys: "Ctrl+Alt+Shift+F12", caption: "people.take" },
];

export const deskShortcuts: readonly ShortcutWords[] = [
  { keys: "Ctrl+Alt+→", caption: "shortcuts.nextTab" },
  { keys: "Ctrl+Alt+←", caption: "shortcuts.previousTab" },
  { keys: "Ctrl+Alt+↑", caption: "shortcuts.waitingRoom" },
  { keys: "Ctrl+Alt+↓", caption: "shortcuts.lastTab" },
  { keys: "Ctrl+Alt+Shift+F1 … F8", caption: "shortcuts.tab" },
  { keys: "Ctrl+Alt+Shift+F9", caption: "shortcuts.waitingRoom" },
  { keys: "Ctrl+Alt+Shift+F10", caption: "shortcuts.list" },
];

/** A Mac has other names for the same keys. */
export function keysOn(isMac: boolean, keys: string): string {
  return isMac ? keys.replace("Ctrl+Alt", "⌃⌥").replace("+Shift", "⇧") : keys;
}
