// The blocks of one mode in one piece as rectangles: in reading order the longest run in a row, then down as long as the
// whole run goes on (docs/protocol/05-screen.md, "Groups"). What was given out is marked by the mode SAME, which nothing
// after it asks for.

import { columns, modes, SAME } from "./picture";

let wanted: i32 = 0;
let next: usize = 0;
let end: usize = 0;

/** The group that was found last, in blocks. */
export let groupColumn: i32 = 0, groupRow: i32 = 0, groupAcross: i32 = 0, groupDown: i32 = 0;

export function startGroups(mode: i32, firstRow: i32, rowCount: i32): void {
  wanted = mode;
  next = modes + <usize>(firstRow * columns);
  end = next + <usize>(rowCount * columns);
}

export function nextGroup(): bool {
  while (next < end && load<u8>(next) !== wanted) next++;
  if (next >= end) return false;
  const block = <i32>(next - modes);
  groupColumn = block % columns;
  groupRow = block / columns;
  groupAcross = 1;
  groupDown = 1;
  while (groupColumn + groupAcross < columns && load<u8>(next + <usize>groupAcross) === wanted) groupAcross++;
  for (let row = next + columns; row < end && isRun(row); row += columns) groupDown++;
  for (let i = 0; i < groupDown; i++) memory.fill(next + <usize>(i * columns), <u8>SAME, groupAcross);
  return true;
}

function isRun(start: usize): bool {
  for (let block = start; block < start + groupAcross; block++) if (load<u8>(block) !== wanted) return false;
  return true;
}
