import { expect, test } from "vitest";
import { warmUp } from "./warm-up.ts";

test("warming up ends and leaves nothing that fails", async () => {
  await expect(warmUp(() => undefined)).resolves.toBeUndefined();
});
