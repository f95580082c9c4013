// A socket opened before it is needed: while the technician still looks at the nine digits just typed. The server hears
// nothing on it before JOIN, and closes one that says nothing within ten seconds.

import type { Cancel, Clock } from "./clock.ts";
import type { OpenSocket, Socket, SocketEvents } from "./socket.ts";

/** Less than the server's ten seconds, so that a socket handed over has time left. */
const patienceMilliseconds = 7_000;
const normalClosure = 1000;

type Waiting = {
  readonly url: string;
  readonly socket: Socket;
  isOpen: boolean;
  /** Who took it. */
  events: SocketEvents | null;
  readonly cancel: Cancel;
};

export class EarlySocket {
  readonly #openNow: OpenSocket;
  readonly #clock: Clock;
  #waiting: Waiting | null = null;

  constructor(openNow: OpenSocket, clock: Clock) {
    this.#openNow = openNow;
    this.#clock = clock;
  }

  /** Begins to open a socket that the next `open` may take; nothing while one waits. */
  prepare(url: string): void {
    if (this.#waiting !== null) return;
    const cancel = this.#clock.after(patienceMilliseconds, () => this.#discard(waiting));
    const socket = this.#openNow(url, {
      opened: () => {
        waiting.isOpen = true;
        waiting.events?.opened();
      },
      message: (data) => waiting.events?.message(data),
      closed: (code) => {
        if (waiting.events === null) this.#discard(waiting);
        else waiting.events.closed(code);
      },
    });
    const waiting: Waiting = { url, socket, isOpen: false, events: null, cancel };
    this.#waiting = waiting;
  }

  /** The socket that waits, if it is one to this address, else a new one. */
  readonly open: OpenSocket = (url, events) => {
    const waiting = this.#waiting;
    if (waiting?.url !== url) return this.#openNow(url, events);
    this.#waiting = null;
    waiting.cancel();
    waiting.events = events;
    // As with a new socket, its events come when the caller has it.
    if (waiting.isOpen) queueMicrotask(() => events.opened());
    return waiting.socket;
  };

  #discard(waiting: Waiting): void {
    if (this.#waiting !== waiting) return;
    this.#waiting = null;
    waiting.cancel();
    waiting.socket.close(normalClosure);
  }
}
