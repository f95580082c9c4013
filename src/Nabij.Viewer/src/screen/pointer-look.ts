// The host's pointer as the technician sees it (docs/protocol/05-screen.md "Cursor messages"). The technician's own is a
// CSS cursor, so it moves without waiting for the host; the customer's is a mark over the picture while they move it.

import type { WorkerToPage } from "../session/worker-messages.ts";
import { cursorFactor } from "./cursor-size.ts";
import type { Area } from "./placement.ts";

export type PointerShape = Extract<WorkerToPage, { type: "cursor-shape" }>;
export type PointerPosition = Extract<WorkerToPage, { type: "cursor-position" }>;

/** Images kept: programs switch among few shapes, and technicians among few sizes. */
const maximumKeptImages = 64;

/** Shown where the host shows none, so that the technician does not lose the pointer. */
const dotSide = 7;

export class PointerLook {
  readonly #canvas: HTMLElement;
  readonly #mark: HTMLCanvasElement;
  readonly #cursors = new Map<string, string>();
  #view: { readonly scale: number; readonly area: Area } | null = null;
  /** What the host shows; null: nothing. */
  #shape: PointerShape | null = null;
  #name = "";
  /** Whether the host has said what its pointer looks like. */
  #isKnown = false;
  #position: PointerPosition | null = null;
  #isSteering = false;

  /** @param mark the element for the customer's pointer, placed from the top left of what is shown; it never takes pointer events */
  constructor(canvas: HTMLElement, mark: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#mark = mark;
  }

  /** Whether the technician's pointer acts at the host; else it is the browser's own arrow. */
  steer(isSteering: boolean): void {
    this.#isSteering = isSteering;
    this.#show();
  }

  /** The picture has this size now, in CSS pixels for each host pixel, and shows this part of the screen. */
  place(scale: number, area: Area): void {
    this.#view = { scale, area };
    this.#show();
  }

  /** The host's pointer looks like this from now on. */
  shape(shape: PointerShape): void {
    const isEmpty = !new Uint8Array(shape.pixels).some((value, index) => index % 4 === 3 && value !== 0);
    this.#isKnown = true;
    this.#shape = isEmpty ? null : shape;
    if (!isEmpty) {
      this.#name = shapeName(shape);
      draw(this.#mark, shape);
    }
    this.#show();
  }

  position(position: PointerPosition): void {
    this.#position = position;
    this.#show();
  }

  hide(): void {
    this.#isKnown = true;
    this.#shape = null;
    this.#show();
  }

  /** Forgets the session's pointer and frees its images. */
  reset(): void {
    for (const css of this.#cursors.values()) revoke(css);
    this.#cursors.clear();
    this.#shape = this.#position = null;
    this.#isKnown = this.#isSteering = false;
    this.#show();
  }

  #show(): void {
    const cursor = this.#isSteering && this.#isKnown ? this.#cursor() : "default";
    if (this.#canvas.style.cursor !== cursor) this.#canvas.style.cursor = cursor;
    const isMarkShown = this.#shape !== null && this.#position !== null && this.#view !== null && (!this.#position.own || !this.#isSteering);
    this.#mark.hidden = !isMarkShown;
    if (!isMarkShown || this.#shape === null || this.#position === null || this.#view === null) return;
    const { scale, area } = this.#view;
    const factor = cursorFactor(this.#shape, scale);
    const x = (this.#position.x - area.x) * scale - this.#shape.hotspotX * factor;
    const y = (this.#position.y - area.y) * scale - this.#shape.hotspotY * factor;
    this.#mark.style.transform = `translate(${x}px, ${y}px) scale(${factor})`;
  }

  /** The CSS cursor for what the host shows, at the size of the picture. */
  #cursor(): string {
    const factor = this.#shape === null ? 1 : cursorFactor(this.#shape, this.#view?.scale ?? 1);
    const name = this.#shape === null ? "dot" : `${this.#name} ${factor}`;
    const known = this.#cursors.get(name);
    if (known !== undefined) {
      // Put back as the newest: the one that goes first is then the one not used for longest.
      this.#cursors.delete(name);
      this.#cursors.set(name, known);
      return known;
    }
    const css = this.#shape === null ? dot() : cursorOf(this.#shape, factor);
    this.#keep(name, css);
    return css;
  }

  #keep(name: string, css: string): void {
    const [oldest] = this.#cursors.keys();
    if (this.#cursors.size >= maximumKeptImages && oldest !== undefined) {
      // A browser that shows it still has its own copy of the picture.
      revoke(this.#cursors.get(oldest) ?? "");
      this.#cursors.delete(oldest);
    }
    this.#cursors.set(name, css);
  }
}

function draw(image: HTMLCanvasElement, shape: PointerShape): void {
  image.width = shape.width;
  image.height = shape.height;
  image.getContext("2d")?.putImageData(new ImageData(new Uint8ClampedArray(shape.pixels), shape.width, shape.height), 0, 0);
}

function cursorOf(shape: PointerShape, factor: number): string {
  const image = document.createElement("canvas");
  draw(image, shape);
  return cursorCss(factor === 1 ? image : resized(image, factor), shape.hotspotX * factor, shape.hotspotY * factor);
}

function dot(): string {
  const image = document.createElement("canvas");
  image.width = image.height = dotSide;
  const context = image.getContext("2d");
  if (context !== null) {
    context.fillStyle = "#ffffff";
    context.fillRect(1, 1, dotSide - 2, dotSide - 2);
    context.fillStyle = "#000000";
    context.fillRect(2, 2, dotSide - 4, dotSide - 4);
  }
  return cursorCss(image, 3, 3);
}

function resized(image: HTMLCanvasElement, factor: number): HTMLCanvasElement {
  const other = document.createElement("canvas");
  other.width = Math.max(1, Math.round(image.width * factor));
  other.height = Math.max(1, Math.round(image.height * factor));
  const context = other.getContext("2d");
  if (context === null) return other;
  // Whole factors keep their pixels, as the picture around the pointer does.
  context.imageSmoothingEnabled = !Number.isInteger(factor);
  context.imageSmoothingQuality = "high";
  context.drawImage(image, 0, 0, other.width, other.height);
  return other;
}

/** At once, by an address that is ready when it is made: an image that is made in the background comes after the pointer. */
function cursorCss(image: HTMLCanvasElement, hotspotX: number, hotspotY: number): string {
  const png = atob(image.toDataURL("image/png").split(",")[1] ?? "");
  const blob = new Blob([Uint8Array.from(png, (character) => character.charCodeAt(0))], { type: "image/png" });
  return `url("${URL.createObjectURL(blob)}") ${Math.floor(hotspotX)} ${Math.floor(hotspotY)}, default`;
}

function revoke(css: string): void {
  const address = /url\("([^"]+)"\)/.exec(css)?.[1];
  if (address !== undefined) URL.revokeObjectURL(address);
}

/** A name by content: shapes come again and again. */
function shapeName(shape: PointerShape): string {
  let hash = 0x811c9dc5;
  for (const byte of new Uint8Array(shape.pixels)) hash = Math.imul(hash ^ byte, 0x01000193);
  return `${shape.width}x${shape.height} ${shape.hotspotX},${shape.hotspotY} ${hash >>> 0}`;
}
