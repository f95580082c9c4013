import { expect, test } from "vitest";
import { arrivalText } from "./arrivals.ts";
import { sayIn } from "./texts/texts.ts";

const say = sayIn("en");

test("one who comes is named, of several it is said how many", () => {
  expect(arrivalText(say, ["Anna"], 1)).toBe("Anna is waiting.");
  expect(arrivalText(say, ["<b>Anna</b>"], 3)).toBe("<b>Anna</b> is waiting. 3 are waiting in all.");
  expect(arrivalText(say, ["Anna", "Bert"], 2)).toBe("2 new customers are waiting.");
});
