// Writes a verified file where the technician chose to have it, by the File System Access API. Never over a file of the same
// name in a chosen folder; a single file's place was chosen, and confirmed, in the browser's own dialog.

import { freeName } from "./free-name.ts";

// What is used of the platform; the libraries of pages and of workers each know a part of it.
export type ChosenFile = {
  readonly kind: "file";
  readonly name: string;
  readonly createWritable: () => Promise<WritableStream<Uint8Array>>;
};
export type ChosenFolder = {
  readonly kind: "directory";
  readonly name: string;
  readonly getDirectoryHandle: (name: string, options: { readonly create: boolean }) => Promise<ChosenFolder>;
  readonly getFileHandle: (name: string, options: { readonly create: boolean }) => Promise<ChosenFile>;
  readonly removeEntry: (name: string) => Promise<void>;
};
export type Place = ChosenFile | ChosenFolder;

/** Copies piece by piece; the name that it has there. Throws what the browser says when it cannot, and leaves nothing then. */
export async function saveTo(place: Place, path: readonly string[], file: Blob): Promise<string> {
  if (place.kind === "file") {
    await copy(file, place);
    return place.name;
  }
  let folder = place;
  for (const component of path.slice(0, -1)) folder = await folder.getDirectoryHandle(component, { create: true });
  const name = await nameIn(folder, path.at(-1) ?? "");
  try {
    await copy(file, await folder.getFileHandle(name, { create: true }));
  } catch (error) {
    await folder.removeEntry(name).catch(() => undefined);
    throw error;
  }
  return name;
}

async function copy(file: Blob, target: ChosenFile): Promise<void> {
  await (file.stream() as ReadableStream<Uint8Array>).pipeTo(await target.createWritable());
}

/** @param wanted a component that judgeName has let through */
async function nameIn(folder: ChosenFolder, wanted: string): Promise<string> {
  const taken = new Set<string>();
  for (;;) {
    const name = freeName(wanted, (one) => taken.has(one));
    if (!(await exists(folder, name))) return name;
    taken.add(name);
  }
}

async function exists(folder: ChosenFolder, name: string): Promise<boolean> {
  try {
    await folder.getFileHandle(name, { create: false });
    return true;
  } catch (error) {
    // A folder of this name is in the way as well.
    return (error as { name?: unknown } | null)?.name !== "NotFoundError";
  }
}
