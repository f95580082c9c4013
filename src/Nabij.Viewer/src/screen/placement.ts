// Where the picture stands in the window, and which host pixel is under a point. Knows no document.

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** fit: all of it, never larger than 1:1. actual: one host pixel on one pixel of the technician's display. */
export type Scaling = "fit" | "actual";

/** All in CSS pixels. */
export interface Placement {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** CSS pixels for each host pixel. */
  readonly scale: number;
  /** Whether each host pixel covers a whole number of the display's pixels, so that nothing needs smoothing. */
  readonly isSharp: boolean;
}

/** @param pixelRatio the display's pixels for each CSS pixel */
export function place(picture: Size, room: Size, scaling: Scaling, pixelRatio: number): Placement {
  const toFit = Math.min(room.width / picture.width, room.height / picture.height, 1);
  const scale = scaling === "actual" ? 1 / pixelRatio : toFit;
  const width = picture.width * scale;
  const height = picture.height * scale;
  // On whole pixels of the display, else everything is blurred by half of one.
  const centered = (free: number): number => Math.max(0, Math.floor((free / 2) * pixelRatio) / pixelRatio);
  const dots = scale * pixelRatio;
  return {
    left: centered(room.width - width),
    top: centered(room.height - height),
    width,
    height,
    scale,
    isSharp: Math.abs(dots - Math.round(dots)) < 1e-3 && dots > 0.5,
  };
}

/** The host pixel at a point that is given from the picture's top left in CSS pixels; outside it the nearest one. */
export function hostPixelAt(x: number, y: number, placement: Placement, picture: Size): { readonly x: number; readonly y: number } {
  const pixel = (at: number, count: number): number => Math.max(0, Math.min(count - 1, Math.floor(at / placement.scale)));
  return { x: pixel(x, picture.width), y: pixel(y, picture.height) };
}

/** How near to the edge of the window the pointer moves a picture that is larger, in CSS pixels. */
const panZone = 40;
/** The most that it moves in one frame. */
const maximumPan = 24;

/** How far to move in this frame along one axis: faster the nearer the pointer is to the edge. */
export function panStep(pointer: number, room: number): number {
  if (pointer < panZone) return -Math.ceil((maximumPan * (panZone - Math.max(0, pointer))) / panZone);
  const beyond = pointer - (room - panZone);
  return beyond > 0 ? Math.ceil((maximumPan * Math.min(beyond, panZone)) / panZone) : 0;
}
