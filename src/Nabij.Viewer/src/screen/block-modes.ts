// How a block of 16x16 pixels was coded, in the few kinds that the technician's figures tell apart. A codec has more of its
// own; its decoder says which kind each belongs to, and only while somebody looks.

/** The values in `BlockModes.kinds`. */
export const blockKinds = {
  /** Not part of this update. */
  untouched: 0,
  /** Equal to the picture before, somewhere else: a move. */
  copied: 1,
  /** From the ring of blocks that were seen before. */
  remembered: 2,
  /** Copied, then corrected. */
  corrected: 3,
  /** Pixel for pixel, from nothing. */
  exact: 4,
  /** Approximated; exact later. */
  lossy: 5,
  /** Approximated before, exact now. */
  refined: 6,
  /** Part of a moving region with a stream of its own. */
  moving: 7,
} as const;

/** Whole rows of blocks, in reading order from a block row on. */
export type BlockModes = {
  readonly firstRow: number;
  /** Blocks in a row: all of the screen's. */
  readonly columns: number;
  /** A value of `blockKinds` for each block; its length is a multiple of `columns`. */
  readonly kinds: Uint8Array;
};
