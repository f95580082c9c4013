// The browser's own dialogs for a place to save in, where it has them.

import type { Place } from "../files/places.ts";

interface Pickers {
  showSaveFilePicker?(options: { readonly suggestedName: string }): Promise<unknown>;
  showDirectoryPicker?(options: { readonly mode: "readwrite"; readonly startIn: "downloads" }): Promise<unknown>;
}

const pickers = globalThis as unknown as Pickers;

/** Whether a place can be chosen for one file, or for several. */
export function canChoose(isOne: boolean): boolean {
  return (isOne ? pickers.showSaveFilePicker : pickers.showDirectoryPicker) !== undefined;
}

/** null: the technician chose none. To be called when a button is pressed. */
export async function choosePlace(paths: readonly (readonly string[])[]): Promise<Place | null> {
  const [only] = paths;
  try {
    const isOne = paths.length === 1 && only?.length === 1;
    const place = isOne
      ? await pickers.showSaveFilePicker?.({ suggestedName: only[0] ?? "" })
      : await pickers.showDirectoryPicker?.({ mode: "readwrite", startIn: "downloads" });
    return (place ?? null) as Place | null;
  } catch {
    return null;
  }
}
