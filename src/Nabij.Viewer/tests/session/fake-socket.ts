// A socket whose other end is the test. It delivers one message at a time, each as an array of its own.

import type { OpenSocket, Socket, SocketEvents } from "../../src/session/socket.ts";

export class FakeSocket {
  url = "";
  readonly sent: (string | Uint8Array)[] = [];
  closedWith: number | null = null;
  /** Its owner has closed it, whoever was first. */
  isLeft = false;
  buffered = 0;
  onSent: (data: string | Uint8Array) => void = () => undefined;
  #events: SocketEvents | null = null;

  readonly open: OpenSocket = (url, events): Socket => {
    this.url = url;
    this.#events = events;
    return {
      send: (data) => {
        this.sent.push(data);
        this.onSent(data);
      },
      close: (code) => {
        this.isLeft = true;
        if (this.closedWith !== null) return;
        this.closedWith = code;
        queueMicrotask(() => this.#events?.closed(code));
      },
      bufferedAmount: () => this.buffered,
    };
  };

  opened(): void {
    this.#events?.opened();
  }

  deliver(data: string | Uint8Array): void {
    this.#events?.message(typeof data === "string" ? data : data.slice());
  }

  /** The server or the line ends the connection. */
  lose(code: number): void {
    this.closedWith ??= code;
    this.#events?.closed(code);
  }

  /** All bytes that ever went to the server. */
  get sentBytes(): Uint8Array {
    const parts = this.sent.map((data) => (typeof data === "string" ? new TextEncoder().encode(data) : data));
    const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }
}
