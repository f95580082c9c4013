import { expect, test } from "vitest";
import { secretOf } from "./link.ts";

test("the secret is what stands after the sign", () => {
  expect(secretOf("#abc_DEF-123")).toBe("abc_DEF-123");
});

test.each(["", "#", "#content", "#<b>", "#a b", "#a/b", `#${"a".repeat(101)}`])("%s is no secret", (hash) => {
  expect(secretOf(hash)).toBe("");
});
