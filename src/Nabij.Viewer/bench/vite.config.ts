// The worker of `./dev bench viewer`, built as the product's is.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { assemblyPlugin } from "../wasm-plugin.ts";

export default defineConfig({
  publicDir: false,
  plugins: [assemblyPlugin()],
  build: {
    emptyOutDir: true,
    target: "es2022",
    rolldownOptions: {
      input: fileURLToPath(new URL("./decode-worker.ts", import.meta.url)),
      output: { entryFileNames: "decode-worker.js" },
    },
  },
});
