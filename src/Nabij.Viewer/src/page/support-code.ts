// The nine digits of a support code as the technician types them (docs/protocol/01-rendezvous.md). They are split
// here: only the nameplate ever leaves the page, the secret digits go to the session's worker and nowhere else.

/** How many digits a code has. */
export const codeLength = 9;

const groupLength = 3;
// Nameplates beginning with 8 or 9 have four digits, all others three.
const longNameplateFrom = 8;

export interface SupportCode {
  readonly nameplate: string;
  readonly secret: string;
}

/** The first nine digits of what was typed or pasted; spaces, hyphens and words around them are dropped. */
export function digitsOf(typed: string): string {
  return typed.normalize("NFKC").replace(/[^0-9]/g, "").slice(0, codeLength);
}

/** `417902` becomes `417 902`. */
export function grouped(digits: string): string {
  const groups: string[] = [];
  for (let start = 0; start < digits.length; start += groupLength) groups.push(digits.slice(start, start + groupLength));
  return groups.join(" ");
}

/** The digits that the server may know, or null while too few were typed. */
export function nameplateOf(digits: string): string | null {
  const length = Number(digits.charAt(0)) >= longNameplateFrom ? 4 : 3;
  return digits.length >= length ? digits.slice(0, length) : null;
}

/** Both parts of a complete code, or null. */
export function splitCode(digits: string): SupportCode | null {
  const nameplate = nameplateOf(digits);
  if (nameplate === null || digits.length !== codeLength) return null;
  return { nameplate, secret: digits.slice(nameplate.length) };
}

/** What the field shows after an edit, and where the caret stands in it. */
export interface CodeEdit {
  readonly text: string;
  readonly caret: number;
}

/** Groups the digits of an edited field; the caret stays behind the same digit. */
export function regroup(typed: string, caret: number): CodeEdit {
  const text = grouped(digitsOf(typed));
  const digitsBefore = digitsOf(typed.slice(0, caret)).length;
  return { text, caret: caretBehind(digitsBefore, text.length) };
}

/** Where a caret stands behind so many digits of a grouped text. */
function caretBehind(digits: number, textLength: number): number {
  const spaces = digits === 0 ? 0 : Math.floor((digits - 1) / groupLength);
  return Math.min(digits + spaces, textLength);
}
