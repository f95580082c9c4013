// The host's pointer as the technician sees it (docs/protocol/05-screen.md "Cursor messages"). The technician's own is a
// CSS cursor, so it moves without waiting for the host; the customer's is a mark over the picture while they move it.

import type { WorkerToPage } from "../session/worker-messages.ts";
import type { Placement } from "./placement.ts";

export type PointerShape = Extract<WorkerToPage, { type: "cursor-shape" }>;
export type PointerPosition = Extract<WorkerToPage, { type: "cursor-position" }>;

/** Browsers ignore larger cursor images. */
const maximumCursorSide = 128;
/** Shapes kept as images: programs switch among few. */
const maximumKeptShapes = 32;

/** Shown where the host shows none, so that the technician does not lose the pointer. */
const dotSide = 7;

export class PointerLook {
  readonly #canvas: HTMLElement;
  readonly #mark: HTMLCanvasElement;
  readonly #cursors = new Map<string, string>();
  #placement: Placement | null = null;
  #shape: PointerShape | null = null;
  #position: PointerPosition | null = null;
  #css = "default";
  #isSteering = false;
  #turn = 0;

  /** @param mark the element for the customer's pointer; it never takes pointer events */
  constructor(canvas: HTMLElement, mark: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#mark = mark;
  }

  /** Whether the technician's pointer acts at the host; else it is the browser's own arrow. */
  steer(isSteering: boolean): void {
    this.#isSteering = isSteering;
    this.#show();
  }

  place(placement: Placement): void {
    this.#placement = placement;
    this.#show();
  }

  /** The host's pointer looks like this from now on. */
  async shape(shape: PointerShape): Promise<void> {
    const turn = ++this.#turn;
    const isEmpty = !new Uint8Array(shape.pixels).some((value, index) => index % 4 === 3 && value !== 0);
    this.#shape = isEmpty ? null : shape;
    this.#drawMark();
    const css = isEmpty ? await this.#dot() : await this.#cursor(shape);
    if (turn !== this.#turn) return;
    this.#css = css;
    this.#show();
  }

  position(position: PointerPosition): void {
    this.#position = position;
    this.#show();
  }

  async hide(): Promise<void> {
    const turn = ++this.#turn;
    this.#shape = null;
    const css = await this.#dot();
    if (turn !== this.#turn) return;
    this.#css = css;
    this.#show();
  }

  /** Forgets the session's pointer and frees its images. */
  reset(): void {
    this.#turn++;
    for (const css of this.#cursors.values()) revoke(css);
    this.#cursors.clear();
    this.#shape = this.#position = null;
    this.#css = "default";
    this.#isSteering = false;
    this.#show();
  }

  #show(): void {
    this.#canvas.style.cursor = this.#isSteering ? this.#css : "default";
    const isMarkShown = this.#shape !== null && this.#position !== null && this.#placement !== null && (!this.#position.own || !this.#isSteering);
    this.#mark.hidden = !isMarkShown;
    if (!isMarkShown || this.#shape === null || this.#position === null || this.#placement === null) return;
    const { scale, left, top } = this.#placement;
    const x = left + this.#position.x * scale - this.#shape.hotspotX;
    const y = top + this.#position.y * scale - this.#shape.hotspotY;
    this.#mark.style.transform = `translate(${x}px, ${y}px)`;
  }

  #drawMark(): void {
    if (this.#shape === null) return;
    const { width, height, pixels } = this.#shape;
    this.#mark.width = width;
    this.#mark.height = height;
    this.#mark.getContext("2d")?.putImageData(new ImageData(new Uint8ClampedArray(pixels), width, height), 0, 0);
  }

  async #cursor(shape: PointerShape): Promise<string> {
    const name = shapeName(shape);
    const known = this.#cursors.get(name);
    if (known !== undefined) return known;
    const image = document.createElement("canvas");
    image.width = shape.width;
    image.height = shape.height;
    image.getContext("2d")?.putImageData(new ImageData(new Uint8ClampedArray(shape.pixels), shape.width, shape.height), 0, 0);
    const shrink = Math.min(1, maximumCursorSide / Math.max(shape.width, shape.height));
    const css = await cursorOf(shrink < 1 ? shrunk(image, shrink) : image, shape.hotspotX * shrink, shape.hotspotY * shrink);
    this.#keep(name, css);
    return css;
  }

  async #dot(): Promise<string> {
    const known = this.#cursors.get("dot");
    if (known !== undefined) return known;
    const image = document.createElement("canvas");
    image.width = image.height = dotSide;
    const context = image.getContext("2d");
    if (context !== null) {
      context.fillStyle = "#ffffff";
      context.fillRect(1, 1, dotSide - 2, dotSide - 2);
      context.fillStyle = "#000000";
      context.fillRect(2, 2, dotSide - 4, dotSide - 4);
    }
    const css = await cursorOf(image, 3, 3);
    this.#keep("dot", css);
    return css;
  }

  #keep(name: string, css: string): void {
    const [oldest] = this.#cursors.keys();
    if (this.#cursors.size >= maximumKeptShapes && oldest !== undefined) {
      // A browser that shows it still has its own copy of the picture.
      revoke(this.#cursors.get(oldest) ?? "");
      this.#cursors.delete(oldest);
    }
    this.#cursors.set(name, css);
  }
}

function shrunk(image: HTMLCanvasElement, factor: number): HTMLCanvasElement {
  const smaller = document.createElement("canvas");
  smaller.width = Math.max(1, Math.round(image.width * factor));
  smaller.height = Math.max(1, Math.round(image.height * factor));
  smaller.getContext("2d")?.drawImage(image, 0, 0, smaller.width, smaller.height);
  return smaller;
}

async function cursorOf(image: HTMLCanvasElement, hotspotX: number, hotspotY: number): Promise<string> {
  const blob = await new Promise<Blob | null>((resolve) => image.toBlob(resolve));
  if (blob === null) return "default";
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
