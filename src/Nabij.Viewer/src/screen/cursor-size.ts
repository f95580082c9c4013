// How large the host's pointer is drawn. It grows with the picture; a picture that is made smaller leaves it large enough to
// be found. Knows no document.

import type { Size } from "./placement.ts";

/** Browsers ignore larger cursor images; a pointer that would be larger stays at this size. */
const maximumSide = 128;
/** A pointer is not made smaller than this by a smaller picture, in CSS pixels. */
const leastSide = 20;
/** Sizes between the steps would only fill the memory with images that look the same. */
const stepsPerUnit = 8;

/** CSS pixels for each pixel of the pointer's image, when the picture has `scale` of them for each of the host's. */
export function cursorFactor(shape: Size, scale: number): number {
  const side = Math.max(shape.width, shape.height);
  const wanted = Math.max(scale, Math.min(1, leastSide / side));
  const stepped = Math.max(1, Math.round(wanted * stepsPerUnit)) / stepsPerUnit;
  return Math.min(stepped, maximumSide / side);
}
