// The decoder of codec 2 of docs/protocol/05-screen.md ("PX") in WebAssembly: what src/screen/px-decoder.ts calls. The same
// names as the C# code of Nabij.Protocol/Screen/Px, whose decoder gives the same picture or the same error for the same bytes.
// One instance decodes one picture; nothing here allocates but a reset to a larger screen.

import { begin, endUpdate, reset as resetPicture, room } from "./picture";
import { piece } from "./piece-coder";
import { resetHistories } from "./pixel-coder";
import { requireEnd, startReading } from "./range-decoder";

export { changedBlocks, changedList, modeList, room } from "./picture";
export { frameHash } from "./frame-hash";
export { rgba, rgbaPixels } from "./rgba";

/** Starts anew: black, of this size, nothing learned. */
export function reset(width: i32, height: i32): void {
  resetPicture(width, height);
  resetHistories();
}

/** Takes in one piece of an update, whose bytes were put where `room` said. After a failure the picture is undefined: start anew. */
export function decode(length: usize, isLast: bool): void {
  begin();
  startReading(room(length), length);
  piece();
  requireEnd();
  if (isLast) endUpdate();
}
