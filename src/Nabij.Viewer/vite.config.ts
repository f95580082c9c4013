// Build and test settings. Seven entries with stable names, so that pages and the Trusted Types policy can name them:
// dist/desk.js (the desk), dist/account.js (pages of accounts), dist/checks.js (the check of the server), dist/watch.js (the page of a relative), dist/pictures.js (pages with kept pictures), dist/settings.js (previews of the settings) and dist/worker.js (session and decoding). Everything else carries a hash of its content.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { assemblyPlugin } from "./wasm-plugin.ts";

const source = (path: string): string => fileURLToPath(new URL(`./src/${path}`, import.meta.url));

const entries: Record<string, string> = { worker: source("session/worker.ts") };
if (existsSync(source("page/desk.ts"))) entries["desk"] = source("page/desk.ts");
entries["account"] = source("account/account.ts");
entries["checks"] = source("checks/checks.ts");
entries["settings"] = source("settings/settings.ts");
entries["watch"] = source("watch/watch.ts");
entries["pictures"] = source("pictures/pictures.ts");

export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [assemblyPlugin()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    sourcemap: false,
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: entries,
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "chunk-[hash].js",
        assetFileNames: "[name][extname]",
      },
    },
  },
  test: {
    environment: "node",
    include: ["tests/**/*.test.ts", "src/**/*.test.ts"],
    testTimeout: 30_000,
    reporters: ["default", "junit"],
    outputFile: { junit: fileURLToPath(new URL("../../artifacts/test/viewer.xml", import.meta.url)) },
  },
});
