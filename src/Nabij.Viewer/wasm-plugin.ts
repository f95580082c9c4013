// Compiles assembly/ (AssemblyScript) to WebAssembly whenever the viewer is built or tested, and hands it to
// src/screen/px-decoder.ts as text in base64: part of the worker's file, so that no second request delays the first picture.
// Nothing compiled is kept in the repository; what was compiled from the very same sources is kept beside the packages.

import { main } from "assemblyscript/asc";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

/** What the decoder imports; src/screen/px/wasm.d.ts declares it. */
const moduleName = "virtual:px-wasm";
const resolvedName = `\0${moduleName}`;
const folder = fileURLToPath(new URL("./assembly/", import.meta.url));
const cache = fileURLToPath(new URL("./node_modules/.cache/nabij-assembly/", import.meta.url));

const options = [
  "-O3", // speed before size
  "--runtime", "stub", "--noAssert", "--use", "abort=", // nothing allocates, so nothing needs a runtime
  "--enable", "simd",
  "--lowMemoryLimit", "4096", // the tables of model.ts begin there
];

/** @returns the module, ready for WebAssembly.Module; raises an error that names what is wrong with the source. */
async function compileAssembly(): Promise<Uint8Array> {
  let compiled: Uint8Array | null = null;
  const messages: string[] = [];
  const report = { write: (text: string | Uint8Array) => Boolean(messages.push(String(text))) };
  const { error } = await main(["index.ts", "--baseDir", folder, "--outFile", "px.wasm", ...options], {
    stdout: report,
    stderr: report,
    writeFile: (_name, contents) => {
      if (typeof contents !== "string") compiled = contents;
    },
  });
  // A warning is an error, as everywhere in this repository.
  if (error !== null || compiled === null || messages.length > 0) throw new Error(`assembly/: ${messages.join("")}${error?.message ?? ""}`);
  return compiled;
}

/** The module in base64, compiled anew only when a source, an option or the compiler is another. */
async function encodedAssembly(): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify([options, createRequire(import.meta.url)("assemblyscript/package.json")]));
  for (const file of readdirSync(folder).sort()) hash.update(`\0${file}\0`).update(readFileSync(join(folder, file)));
  const path = join(cache, hash.digest("hex"));
  if (existsSync(path)) return readFileSync(path, "latin1");
  const encoded = Buffer.from(await compileAssembly()).toString("base64");
  mkdirSync(cache, { recursive: true });
  writeFileSync(path, encoded);
  return encoded;
}

export function assemblyPlugin(): Plugin {
  let encoded: Promise<string> | null = null;
  return {
    name: "nabij-assembly",
    // Before anything else, so that no test waits for it.
    async buildStart() {
      await (encoded ??= encodedAssembly());
    },
    resolveId: (id) => (id === moduleName ? resolvedName : undefined),
    async load(id) {
      if (id !== resolvedName) return undefined;
      for (const file of readdirSync(folder)) this.addWatchFile(join(folder, file));
      encoded ??= encodedAssembly();
      return `export const pxWasm = ${JSON.stringify(await encoded)};`;
    },
    watchChange: (id) => {
      if (id.startsWith(folder)) encoded = null;
    },
  };
}
