// What a session needs of the browser, looked at before one begins: the technician then reads what to do, instead of seeing a
// connection fail. Whether workers can be modules shows only when one is made (session-worker.ts).

import type { TextKey } from "./texts/texts.ts";

/** The part of the page's scope that tells. */
export interface BrowserScope {
  readonly isSecureContext: boolean;
  readonly crypto?: { readonly subtle?: unknown };
  readonly Worker?: unknown;
  readonly WebAssembly?: { readonly validate: (module: Uint8Array<ArrayBuffer>) => boolean };
}

/** A module of one function, which fills a vector with zeros: valid only where WebAssembly has SIMD. */
const vectorModule = Uint8Array.of(
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, // magic, version
  0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b, // types: () -> v128
  0x03, 0x02, 0x01, 0x00, // functions: one, of that type
  0x0a, 0x08, 0x01, 0x06, 0x00, 0x41, 0x00, 0xfd, 0x0f, 0x0b, // code: i32.const 0, i8x16.splat
);

/** The words for what is missing; null: nothing is. */
export function missing(scope: BrowserScope): TextKey | null {
  if (!scope.isSecureContext) return "problem.insecure";
  const isEnough = scope.crypto?.subtle !== undefined && scope.Worker !== undefined && scope.WebAssembly?.validate(vectorModule) === true;
  return isEnough ? null : "problem.browser";
}
