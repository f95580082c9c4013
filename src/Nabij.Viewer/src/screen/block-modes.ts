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
  /** A photograph, pixel for pixel: mostly where it was approximated before. */
  photo: 6,
  /** A film: an approximated difference to what moved. */
  moving: 7,
} as const;

const { untouched, copied, remembered, corrected, exact, lossy, photo, moving } = blockKinds;

/** The kind for each mode of codec 2 (docs/protocol/05-screen.md "Modes"), 0 to 15. */
export const kindOfMode = Uint8Array.of(
  untouched, copied, copied, copied, copied, remembered, corrected, exact, lossy, corrected, corrected, corrected, corrected, photo, moving, lossy,
);

/** Whole rows of blocks, in reading order from a block row on. */
export type BlockModes = {
  readonly firstRow: number;
  /** Blocks in a row: all of the screen's. */
  readonly columns: number;
  /** A value of `blockKinds` for each block; its length is a multiple of `columns`. */
  readonly kinds: Uint8Array;
};
