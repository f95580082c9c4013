// The keys that stay with the viewer while the picture has the keyboard: Control and Alt with keys that write nothing, so
// that no layout has a character there. Everything else goes to the customer. Knows no document.

export type Shortcut = "panel" | "larger" | "smaller" | "fit" | "full-screen" | "next-display" | "previous-display" | "figures" | "chat" | "files" | "draw";

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
};
const shifted: Readonly<Record<string, Shortcut>> = { Home: "figures", PageUp: "previous-display", PageDown: "next-display", Enter: "chat", End: "files" };

/** The viewer's own shortcut, or null when the key is the customer's. AltGr is never one of ours. */
export function shortcutOf(key: PressedKey): Shortcut | null {
  if (!key.ctrlKey || !key.altKey || key.metaKey || key.getModifierState("AltGraph")) return null;
  const table = key.shiftKey ? shifted : plain;
  return Object.hasOwn(table, key.code) ? (table[key.code] ?? null) : null;
}
