import { expect, test } from "vitest";
import { missing, type BrowserScope } from "./browser.ts";

const able: BrowserScope = { isSecureContext: true, crypto, Worker: class {}, WebAssembly };

/** A browser whose WebAssembly knows no vectors: the type 0x7b is unknown to it. */
const scalar = { validate: (module: Uint8Array<ArrayBuffer>): boolean => !module.includes(0x7b) && WebAssembly.validate(module) };

test("a browser that has everything may begin a session", () => {
  expect(WebAssembly.validate(new Uint8Array(8))).toBe(false);
  expect(missing(able)).toBeNull();
});

test("a page without https is told of the address, not of the browser", () =>
  expect(missing({ ...able, isSecureContext: false, crypto: {} })).toBe("problem.insecure"));

test.each<[string, Partial<BrowserScope>]>([
  ["keys", { crypto: {} }],
  ["workers", { Worker: undefined }],
  ["WebAssembly with vectors", { WebAssembly: scalar }],
])("a browser without %s is told which one to use", (_, lack) => expect(missing({ ...able, ...lack })).toBe("problem.browser"));

test("a browser whose WebAssembly is turned off is told which one to use", () => {
  const { WebAssembly: _, ...without } = able;
  expect(missing(without)).toBe("problem.browser");
});
