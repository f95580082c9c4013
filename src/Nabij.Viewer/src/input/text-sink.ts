// What a browser's text field makes of the technician's keys: dead keys, input methods, emoji pickers, virtual
// keyboards. Knows no document; the page feeds it the events of the field that has the focus (docs/protocol/06, TEXT).

/** The fields of an InputEvent that count. */
export interface FieldInput {
  readonly inputType: string;
  readonly isComposing: boolean;
}

type Key = { readonly code: string; readonly key: string };

const control: Key = { code: "ControlLeft", key: "Control" };
const backspace: Key = { code: "Backspace", key: "Backspace" };
const del: Key = { code: "Delete", key: "Delete" };

// Virtual keyboards that never say which key it was.
const deletions: Readonly<Record<string, readonly Key[]>> = {
  deleteContentBackward: [backspace],
  deleteContentForward: [del],
  deleteWordBackward: [control, backspace],
  deleteWordForward: [control, del],
};

// The end of a composition is told by its own event, and by one of these as well: before it or after it.
const ofCompositions = new Set(["insertCompositionText", "insertFromComposition", "deleteCompositionText", "deleteByComposition"]);

/** Text to enter for what the field says; empty when it is told otherwise or is not finished. */
export function textOf(event: FieldInput, value: string): string {
  return event.isComposing || ofCompositions.has(event.inputType) ? "" : value;
}

/** Keys to press for a deletion in a field that is empty here and is not empty at the customer's; null when it is none. */
export function deletionOf(event: FieldInput): readonly Key[] | null {
  return event.isComposing ? null : (deletions[event.inputType] ?? null);
}
