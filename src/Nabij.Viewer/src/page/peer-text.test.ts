import { expect, test } from "vitest";
import { peerText } from "./peer-text.ts";

test.each([
  ["plain", "Hij piept.\n\tDrie keer 😀", "Hij piept.\n\tDrie keer 😀"],
  ["direction", "\u202egnp.exe", "\ufffdgnp.exe"],
  ["isolates and marks", "a\u2066b\u2069\u200f", "a\ufffdb\ufffd\ufffd"],
  ["no width", "pay\u200bpal\ufeff\u00ad", "pay\ufffdpal\ufffd\ufffd"],
  ["terminal", "\u001b[2J\u0085", "\ufffd[2J\ufffd"],
  ["tags", "a\u{e0041}b", "a\ufffdb"],
  ["half a character", "\ud83d", "\ufffd"],
])("%s [invariant:9]", (_, given, shown) => expect(peerText(given)).toBe(shown));
