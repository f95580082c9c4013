// Where the picture stands in the window, and which host pixel is under a point. Knows no document.

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A part of the screen, in host pixels. */
export interface Area extends Size {
  readonly x: number;
  readonly y: number;
}

/** fit: all of it, never larger than 1:1. A number: so many pixels of the technician's display for each host pixel. */
export type Scaling = "fit" | number;

/** One host pixel on one pixel of the technician's display. */
export const actualSize = 1;

/** All in CSS pixels. */
export interface Placement {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** CSS pixels for each host pixel. */
  readonly scale: number;
  /** Pixels of the technician's display for each host pixel. */
  readonly dots: number;
  /** Whether each host pixel covers a whole number of the display's pixels, so that nothing needs smoothing. */
  readonly isSharp: boolean;
}

/** @param pixelRatio the display's pixels for each CSS pixel */
export function place(picture: Size, room: Size, scaling: Scaling, pixelRatio: number): Placement {
  const toFit = Math.min(room.width / picture.width, room.height / picture.height, 1);
  const scale = scaling === "fit" ? toFit : scaling / pixelRatio;
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
    dots,
    isSharp: Math.abs(dots - Math.round(dots)) < 1e-3 && dots > 0.5,
  };
}

/** A point on the very edge of a pixel belongs to it, though the division may come out a trifle below. */
const edgeTolerance = 1e-6;

/**
 * The host pixel at a point, given in CSS pixels from the top left of the whole screen's picture; outside the area that is
 * shown the nearest one inside it.
 */
export function hostPixelAt(x: number, y: number, scale: number, area: Area): { readonly x: number; readonly y: number } {
  const pixel = (at: number, first: number, count: number): number =>
    Math.max(first, Math.min(first + count - 1, Math.floor(at / scale + edgeTolerance)));
  return { x: pixel(x, area.x, area.width), y: pixel(y, area.y, area.height) };
}

const leastZoom = 0.25;
const mostZoom = 4;
const zoomSteps = [leastZoom, 1 / 3, 0.5, 2 / 3, 0.75, 1, 1.25, 1.5, 2, 3, mostZoom];
/** Two factors nearer than this count as the same. */
const sameZoom = 0.005;
/** A turned wheel stays at a whole factor when it comes so near: there the picture is sharp. */
const wholeZoom = 0.02;
/** How much a pixel of wheel zooms, and the most that one event may bring: a notch of a mouse is about 100. */
const zoomPerWheelPixel = 0.01;
const maximumWheelPixels = 25;

/** The next step of the zoom from any factor, larger or smaller; the same at the end. */
export function zoomStep(from: number, direction: 1 | -1): number {
  if (direction > 0) return zoomSteps.find((step) => step > from + sameZoom) ?? Math.max(from, mostZoom);
  return [...zoomSteps].reverse().find((step) => step < from - sameZoom) ?? Math.min(from, leastZoom);
}

/** The factor after a turn of the wheel, or of two fingers that browsers tell as one. Not rounded: turns add up. */
export function zoomByWheel(from: number, deltaY: number, deltaMode: number): number {
  const pixels = deltaMode === 0 ? deltaY : deltaY * maximumWheelPixels;
  const turn = Math.max(-maximumWheelPixels, Math.min(maximumWheelPixels, pixels));
  return Math.max(Math.min(from, leastZoom), Math.min(mostZoom, from * Math.exp(-turn * zoomPerWheelPixel)));
}

/** A factor as it is shown: the whole one where it is near. */
export function settledZoom(factor: number): number {
  const whole = Math.round(factor);
  return whole >= 1 && Math.abs(factor - whole) < wholeZoom * whole ? whole : factor;
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
