// From screen messages to what the page paints (docs/protocol/05-screen.md). Lives in the worker and owns the picture.
// A page that paints slowly, or is hidden, gets the newest picture when it is back and never a queue of older ones. Where the
// browser has no memory for a layout's picture, its updates go unanswered, as those for a hidden page, until the next layout.

import type { CheckMessage, LayoutMessage, ScreenMessage } from "../protocol/screen.ts";
import type { WorkerToPage } from "../session/worker-messages.ts";
import { Picture, type ChangedPixels } from "./picture.ts";
import { PictureTooLargeError } from "./px-decoder.ts";

/** Updates that the page may have and not yet have painted: as many as a host sends in one frame of 60 Hz, and one more. */
const maximumUnpainted = 4;

/** Larger screens take longer to appear the first time, smaller ones not. */
const usualWidth = 1920;
const usualHeight = 1080;

/** An update for the page, whose pixels are not yet copied. */
export type UnsentUpdate = Omit<Extract<WorkerToPage, { type: "update" }>, "pixels">;

/** What the feed says to the rest of the worker. */
export interface ScreenFeedOutput {
  readonly start: (layout: Extract<WorkerToPage, { type: "layout" }>) => void;
  /** An update for the page. Its pixels are to be copied to where they go before this returns. May raise PictureTooLargeError. */
  readonly show: (update: UnsentUpdate, pixels: Pick<ChangedPixels, "byteLength" | "copyTo">) => void;
  /** False while an update on its way to the page must not be followed by another. */
  readonly isFree: () => boolean;
  /** The picture is not what the host believes: ask for a new one. */
  readonly repair: (layout: number) => void;
  /** Steady milliseconds that the page can compare with its own: performance.timeOrigin + performance.now(). */
  readonly now: () => number;
}

export class ScreenFeed {
  readonly #picture = new Picture();
  readonly #output: ScreenFeedOutput;
  #unpainted = 0;
  #lastShown = 0;
  #isWithheld = false;
  /** The layout that the picture is of; null before the first. */
  #layout: LayoutMessage | null = null;
  #isTooLarge = false;
  #isEcho = false;
  /** Of what came since the page was last given something. */
  #bytes = 0;
  #captured = 0;
  /** Whether updates tell how their blocks were coded. */
  isInspecting = false;

  constructor(output: ScreenFeedOutput) {
    this.#output = output;
  }

  /** Makes room for a screen of the most usual size, before there is one. */
  prepare(): void {
    this.#picture.makeRoom(usualWidth, usualHeight);
  }

  /** Takes in a decoded message that arrived at this time of `now`. Raises WireFormatError when it is wrong or out of step. */
  receive(message: ScreenMessage, arrivedAt: number): void {
    this.#withinMemory(() => this.#take(message, arrivedAt));
  }

  #take(message: ScreenMessage, arrivedAt: number): void {
    switch (message.type) {
      case "LAYOUT":
        this.#start(message);
        break;
      case "UPDATE":
        if (this.#isDropped(message)) break;
        this.#isEcho ||= message.echo;
        this.#bytes += message.content.length;
        this.#captured = message.captured;
        if (this.#picture.apply(message)) this.#show(arrivedAt);
        break;
      case "CHECK":
        this.#check(message);
        break;
    }
  }

  /** The connection is lost: the host begins anew, with a layout of any higher number. */
  begunAnew(): void {
    this.#picture.expectNewLayout();
  }

  /** The page has painted this update and all before it. */
  painted(layout: number, update: number): void {
    if (layout !== this.#picture.layout) return;
    if (update === this.#lastShown) this.#unpainted = 0;
    if (this.#isWithheld && this.#picture.isWhole) this.#withinMemory(() => this.#show(this.#output.now()));
  }

  #start(message: LayoutMessage): void {
    this.#layout = message;
    this.#picture.start(message);
    this.#tellStart(message, false);
  }

  /** What needs memory; where there is none, the layout goes without a picture. */
  #withinMemory(action: () => void): void {
    try {
      action();
    } catch (error) {
      if (!(error instanceof PictureTooLargeError) || this.#layout === null) throw error;
      this.#tellStart(this.#layout, true);
    }
  }

  #tellStart({ layout, width, height, displays }: LayoutMessage, isTooLarge: boolean): void {
    this.#isTooLarge = isTooLarge;
    this.#unpainted = this.#lastShown = 0;
    this.#isWithheld = false;
    this.#bytes = 0;
    this.#output.start({ type: "layout", layout, width, height, displays, isTooLarge });
  }

  /** Whether a message is about the picture that there is no memory for. */
  #isDropped({ layout }: { readonly layout: number }): boolean {
    return this.#isTooLarge && layout === this.#picture.layout;
  }

  #show(arrivedAt: number): void {
    if (this.#unpainted >= maximumUnpainted || !this.#output.isFree()) {
      this.#isWithheld = true;
      return;
    }
    const { layout, update } = this.#picture;
    const { rectangles, modes, ...pixels } = this.#picture.take(this.isInspecting);
    this.#unpainted++;
    this.#lastShown = update;
    this.#isWithheld = false;
    const decodedAt = this.#output.now();
    const decodeMicroseconds = Math.max(0, Math.round((decodedAt - arrivedAt) * 1000));
    const timing = { decodeMicroseconds, decodedAt, arrivedAt, captured: this.#captured, bytes: this.#bytes };
    const inspected = modes === undefined ? {} : { modes };
    this.#output.show({ type: "update", layout, update, echo: this.#isEcho, rectangles, ...timing, ...inspected }, pixels);
    this.#isEcho = false;
    this.#bytes = 0;
  }

  #check(message: CheckMessage): void {
    if (this.#isDropped(message)) return;
    // The host answers at most once a second, and sends no check while it is busy: no limit is needed here.
    if (!this.#picture.matches(message)) this.#output.repair(message.layout);
  }
}
