// The figures of the picture on the stage, while the technician looks at them.

import type { InputMessage } from "../protocol/input.ts";
import type { Layout } from "../screen/painter.ts";
import { Inspector } from "./inspector.ts";
import type { Stage } from "./stage.ts";
import type { Say } from "./texts/texts.ts";
import type { View } from "./viewport.ts";

export interface FiguresEvents {
  /** The worker has to measure, or need not any more. */
  readonly inspect: (isOn: boolean) => void;
  readonly summarize: (summary: string) => void;
}

export class Figures {
  readonly #say: Say;
  readonly #stage: Stage;
  readonly #events: FiguresEvents;
  #inspector: Inspector | null = null;

  constructor(say: Say, stage: Stage, events: FiguresEvents) {
    this.#say = say;
    this.#stage = stage;
    this.#events = events;
  }

  get isOn(): boolean {
    return this.#inspector !== null;
  }

  toggle(): void {
    this.#events.inspect(!this.isOn);
    if (this.isOn) this.close();
    else this.#open();
  }

  close(): void {
    this.#stage.observer = null;
    this.#inspector?.close();
    this.#inspector = null;
  }

  start(layout: Layout): void {
    this.#inspector?.start(layout);
  }

  place(view: View): void {
    this.#inspector?.place(view);
  }

  inputSent(milliseconds: number): void {
    this.#inspector?.inputSent(milliseconds);
  }

  /** When what is being sent happened; undefined while nobody looks. */
  sending(messages: readonly InputMessage[]): number | undefined {
    return this.#inspector?.sending(messages);
  }

  #open(): void {
    const inspector = new Inspector(this.#say, this.#stage.over, this.#events.summarize);
    this.#inspector = inspector;
    const { view, size } = this.#stage;
    if (size !== null) inspector.start(size);
    if (view !== null) inspector.place(view);
    this.#stage.root.append(inspector.root);
    this.#stage.observer = (updates, paintedAt) => inspector.painted(updates, paintedAt);
  }
}
