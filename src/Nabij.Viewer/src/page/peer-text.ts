// Makes a text that came from somebody else fit to show: what writes nothing, or turns the direction of writing, is replaced
// visibly, so that no text can disguise itself. The same characters as in the customer's program (PeerText.cs).

const disguises =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u3164\uffa0\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb\u{e0000}-\u{e0fff}\p{Surrogate}]/gu;

/** Tabs and line feeds stay. */
export function peerText(text: string): string {
  return text.replace(disguises, "\ufffd");
}
