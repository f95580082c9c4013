// clipboard.json: every message both ways, each good one cut at every length; the form of copied text.

import { expect } from "vitest";
import {
  decodeClipboard,
  encodeClipboard,
  formCopied,
  outcomeNumber,
  readCopied,
  type ClipboardMessage,
} from "../../src/protocol/clipboard.ts";
import { toHex } from "../../src/protocol/hex.ts";
import { checkMessage, senderOf, type Check } from "./messages.ts";
import { expectOutcome } from "./vector-file.ts";

function fieldsOf({ type: _type, ...fields }: ClipboardMessage): object {
  if ("content" in fields) return { ...fields, content: toHex(fields.content) };
  return "outcome" in fields ? { ...fields, outcome: outcomeNumber(fields.outcome) } : fields;
}

export const clipboardChecks: Record<string, Check> = {
  message: (vector) =>
    checkMessage(vector, {
      decode: (bytes) => decodeClipboard(bytes, senderOf(vector)),
      encode: encodeClipboard,
      fields: fieldsOf,
      open: ({ type }) => type === "TEXT" || type === "MORE",
    }),
  whole: (vector) =>
    expectOutcome(
      vector,
      () => readCopied(vector.hex("hex")),
      (text) => {
        expect(text).toBe(vector.text("text"));
        expect(toHex(formCopied(text))).toBe(vector.text("hex"));
      },
    ),
  form: (vector) => {
    const units = vector.hex("units");
    const view = new DataView(units.buffer);
    const copied = String.fromCharCode(...Array.from({ length: units.length / 2 }, (_, index) => view.getUint16(index * 2)));
    expect(toHex(formCopied(copied))).toBe(vector.text("hex"));
  },
};
