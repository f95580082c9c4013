// The keys that stay with the viewer while the picture has the keyboard: Control and Alt with keys that write nothing, so
// that no layout has a character there. Everything else goes to the customer. Knows no document.

/** What concerns the whole desk and not one session. */
export type DeskShortcut = "next-tab" | "previous-tab" | "waiting-room" | "last-tab" | "keys" | TabShortcut;
type TabShortcut = `tab-${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8}`;
export type SessionShortcut = "panel" | "larger" | "smaller" | "fit" | "full-screen" | "next-display" | "previous-display" | "figures" | "chat" | "files" | "draw" | "notes" | "picture" | "control";
export type Shortcut = SessionShortcut | DeskShortcut;

/** What of a KeyboardEvent counts. */
export interface PressedKey {
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
  readonly getModifierState: (key: string) => boolean;
}

const plain: Readonly<Record<string, Shortcut>> = {
  Home: "panel", PageUp: "larger", PageDown: "smaller", End: "fit", Enter: "full-screen", Insert: "draw",
  ArrowRight: "next-tab", ArrowLeft: "previous-tab", ArrowUp: "waiting-room", ArrowDown: "last-tab",
};
const shifted: Readonly<Record<string, Shortcut>> = {
  Home: "figures", PageUp: "previous-display", PageDown: "next-display", Enter: "chat", End: "files", Insert: "notes", ArrowUp: "picture",
  F1: "tab-1", F2: "tab-2", F3: "tab-3", F4: "tab-4", F5: "tab-5", F6: "tab-6", F7: "tab-7", F8: "tab-8", F9: "waiting-room", F10: "keys", F12: "control",
};

/** The viewer's own shortcut, or null when the key is the customer's. AltGr is never one of ours. */
export function shortcutOf(key: PressedKey): Shortcut | null {
  if (!key.ctrlKey || !key.altKey || key.metaKey || key.getModifierState("AltGraph")) return null;
  const table = key.shiftKey ? shifted : plain;
  return Object.hasOwn(table, key.code) ? (table[key.code] ?? null) : null;
}

const ofDesk: ReadonlySet<Shortcut> = new Set<DeskShortcut>([
  "next-tab", "previous-tab", "waiting-room", "last-tab", "keys", "tab-1", "tab-2", "tab-3", "tab-4", "tab-5", "tab-6", "tab-7", "tab-8",
]);

export function isOfDesk(shortcut: Shortcut): shortcut is DeskShortcut {
  return ofDesk.has(shortcut);
}

/** The number of the session's tab, from 1; null for another shortcut. */
export function tabOf(shortcut: DeskShortcut): number | null {
  return shortcut.startsWith("tab-") ? Number(shortcut.slice(4)) : null;
}
