// What leaves for the host, and when (docs/protocol/06-input.md "Interactions"): moves once a frame, buttons and keys at
// once and behind the moves before them, HELD while something is held, nothing that the customer has not allowed.

import { maximumInputMessages, type InputMessage } from "../protocol/input.ts";
import { permissions } from "../protocol/permissions.ts";
import type { Later } from "./keyboard.ts";
import { WheelGatherer, type WheelTurn } from "./wheel.ts";

/** While something is held and nothing else is sent, HELD goes out this often. */
const heldMilliseconds = 250;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface InputFlowOutput {
  readonly send: (messages: readonly InputMessage[]) => void;
  /** Runs an action before the next frame is painted. */
  readonly nextFrame: (action: () => void) => void;
  readonly later: Later;
}

export class InputFlow {
  readonly #output: InputFlowOutput;
  readonly #wheel = new WheelGatherer();
  readonly #held = new Set<string>();
  #granted = 0;
  #move: Point | null = null;
  #wheelAt: Point | null = null;
  #isFrameAsked = false;
  #cancelHeartbeat: (() => void) | null = null;

  constructor(output: InputFlowOutput) {
    this.#output = output;
  }

  get mayPoint(): boolean {
    return (this.#granted & permissions.VIEW) !== 0 && (this.#granted & permissions.POINTER) !== 0;
  }

  get mayType(): boolean {
    return (this.#granted & permissions.VIEW) !== 0 && (this.#granted & permissions.KEYBOARD) !== 0;
  }

  /** What the customer allows from now on. The host lets go by itself of what it takes away. */
  grant(granted: number): void {
    this.#granted = granted;
    if (!this.mayPoint) {
      this.#move = this.#wheelAt = null;
      this.#wheel.reset();
      this.#forgetHeld("button ");
    }
    if (!this.mayType) this.#forgetHeld("key ");
  }

  move(point: Point): void {
    if (!this.mayPoint) return;
    this.#move = point;
    this.#askFrame();
  }

  button(point: Point, button: number, down: boolean): void {
    const name = `button ${button}`;
    if (!this.mayPoint || this.#held.has(name) === down) return;
    this.#note(name, down);
    this.#flush([{ type: "POINTER_BUTTON", ...point, button, down }]);
  }

  turn(point: Point, turn: WheelTurn): void {
    if (!this.mayPoint) return;
    this.#wheel.add(turn);
    this.#wheelAt = point;
    this.#askFrame();
  }

  /** Keys and text, at once. */
  keys(messages: readonly InputMessage[]): void {
    if (!this.mayType || messages.length === 0) return;
    for (const message of messages) if (message.type === "KEY") this.#note(`key ${message.code || message.key}`, message.down);
    this.#flush(messages);
  }

  /** The page lost the focus, or is hidden: lets go of everything. */
  releaseAll(): void {
    this.#held.clear();
    this.#move = this.#wheelAt = null;
    this.#wheel.reset();
    if (this.mayPoint || this.mayType) this.#send([{ type: "RELEASE_ALL" }]);
  }

  #note(name: string, down: boolean): void {
    if (down) this.#held.add(name);
    else this.#held.delete(name);
  }

  #forgetHeld(prefix: string): void {
    for (const name of this.#held) if (name.startsWith(prefix)) this.#held.delete(name);
  }

  #askFrame(): void {
    if (this.#isFrameAsked) return;
    this.#isFrameAsked = true;
    this.#output.nextFrame(() => {
      this.#isFrameAsked = false;
      this.#flush([]);
    });
  }

  /** Sends what waits for the frame, then these. */
  #flush(messages: readonly InputMessage[]): void {
    const waiting: InputMessage[] = [];
    if (this.#move !== null) waiting.push({ type: "POINTER_MOVE", ...this.#move });
    this.#move = null;
    const units = this.#wheelAt === null ? null : this.#wheel.take();
    if (units !== null && this.#wheelAt !== null) waiting.push({ type: "WHEEL", ...this.#wheelAt, ...units });
    this.#wheelAt = null;
    this.#send([...waiting, ...messages]);
  }

  #send(messages: readonly InputMessage[]): void {
    if (messages.length === 0) return;
    for (let start = 0; start < messages.length; start += maximumInputMessages) {
      this.#output.send(messages.slice(start, start + maximumInputMessages));
    }
    this.#beat();
  }

  #beat(): void {
    this.#cancelHeartbeat?.();
    this.#cancelHeartbeat = null;
    if (this.#held.size === 0) return;
    this.#cancelHeartbeat = this.#output.later(heldMilliseconds, () => {
      this.#cancelHeartbeat = null;
      if (this.#held.size > 0) this.#send([{ type: "HELD" }]);
    });
  }
}
