// Made by wasm-plugin.ts out of assembly/ at build time.
declare module "virtual:px-wasm" {
  /** The decoder of codec 2 as a WebAssembly module, in base64. */
  export const pxWasm: string;
}
