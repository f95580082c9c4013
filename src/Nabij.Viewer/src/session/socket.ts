// The duplex transport that a session runs on: text until paired, binary afterwards, whole messages, in order.

export type SocketEvents = {
  readonly opened: () => void;
  readonly message: (data: string | Uint8Array) => void;
  /** Once, at the end, whoever ended it; also when no connection came about. */
  readonly closed: (code: number) => void;
};

export type Socket = {
  readonly send: (data: string | Uint8Array<ArrayBuffer>) => void;
  readonly close: (code: number) => void;
  /** Bytes handed over that have not left yet. */
  readonly bufferedAmount: () => number;
};

export type OpenSocket = (url: string, events: SocketEvents) => Socket;

/** A WebSocket of the platform. */
export const openWebSocket: OpenSocket = (url, events) => {
  const socket = new WebSocket(url);
  socket.binaryType = "arraybuffer";
  socket.onopen = () => events.opened();
  socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => events.message(typeof data === "string" ? data : new Uint8Array(data));
  // An error is always followed by close, which says all that the platform tells.
  socket.onclose = ({ code }) => events.closed(code);
  return {
    send: (data) => {
      // After the peer closed, what is still sent has no reader; the close event is on its way.
      if (socket.readyState === socket.OPEN) socket.send(data);
    },
    close: (code) => socket.close(code),
    bufferedAmount: () => socket.bufferedAmount,
  };
};

/** Address of the viewer's socket at a public origin: the origin is the only thing that decides it. */
export function viewerSocketUrl(origin: string): string {
  return `${origin.replace(/^http/, "ws")}/ws/viewer`;
}
