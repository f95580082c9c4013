import { expect, test } from "vitest";
import { creationOptions, fromBase64Url, requestOptions, toBase64Url } from "./passkey-json.ts";
import { wordOf, wordOfStatus } from "./passkeys.ts";

const named = (name: string): Error => Object.assign(new Error("x"), { name });

test.each([
  ["NotAllowedError", "cancelled"], ["AbortError", "cancelled"], ["InvalidStateError", "known"], ["SecurityError", "address"],
  ["NotSupportedError", "unsupported"], ["ConstraintError", "unsupported"], ["UnknownError", "failed"], ["TypeError", "failed"],
])("%s is said as %s", (name, word) => {
  expect(wordOf(named(name))).toBe(word);
});

test("what is no error at all is said as a failure", () => {
  expect(wordOf("text")).toBe("failed");
});

test.each([[400, "late"], [401, "late"], [404, "late"], [429, "slow"], [500, "failed"], [503, "failed"]] as const)("status %i is said as %s", (status, word) => {
  expect(wordOfStatus(status)).toBe(word);
});

test("base64url goes both ways without padding", () => {
  for (let length = 0; length < 40; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 37 + length * 11) & 255);
    const text = toBase64Url(bytes.buffer);
    expect(text).toMatch(/^[A-Za-z0-9_-]*$/);
    expect([...fromBase64Url(text)]).toEqual([...bytes]);
  }
});

test("options keep everything and turn ids and challenge into bytes", () => {
  const made = creationOptions({
    rp: { name: "Shop", id: "localhost" }, user: { id: "AQI", name: "a@b.c", displayName: "A" }, challenge: "_-8", pubKeyCredParams: [{ type: "public-key", alg: -7 }],
    timeout: 5, excludeCredentials: [{ type: "public-key", id: "Aw", transports: ["usb"] }], authenticatorSelection: { userVerification: "required" },
  });
  expect([...new Uint8Array(made.challenge as ArrayBuffer)]).toEqual([255, 239]);
  expect([...new Uint8Array(made.user.id as ArrayBuffer)]).toEqual([1, 2]);
  expect(made.excludeCredentials?.[0]?.transports).toEqual(["usb"]);
  expect(made.authenticatorSelection?.userVerification).toBe("required");
  const asked = requestOptions({ challenge: "AA", rpId: "localhost", userVerification: "required" });
  expect(asked.allowCredentials).toEqual([]);
  expect(asked.rpId).toBe("localhost");
});
