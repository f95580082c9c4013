// The channel table (docs/protocol/04-channels.md), compared with the prose by a test.

export type Sender = "both" | "viewer" | "host";

export type Channel = {
  readonly number: number;
  readonly name: string;
  readonly sender: Sender;
  readonly padded: boolean;
  /** Bytes of one whole message. */
  readonly largestMessage: number;
  readonly fragmented: boolean;
  /** The lowest number that has something to say goes first. */
  readonly priority: number;
};

/** The largest payload of one record: 65,536 bytes of inner plaintext less its six bytes of head. */
export const maximumPayload = 65_530;

/** A longer message goes out in pieces of this payload, so that nothing waits behind more than one piece. */
export const pieceBytes = 16_384;

const mebibyte = 1_048_576;

export const channelNumbers = { control: 0, input: 1, cursor: 2, screen: 3, feedback: 4, clipboard: 5, drawing: 6, chat: 7, files: 8, facts: 9, people: 10 } as const;
export type ChannelName = keyof typeof channelNumbers;

export const channels: readonly Channel[] = [
  { number: 0, name: "control", sender: "both", padded: true, largestMessage: maximumPayload, fragmented: false, priority: 0 },
  { number: 1, name: "input", sender: "viewer", padded: true, largestMessage: maximumPayload, fragmented: false, priority: 1 },
  { number: 2, name: "cursor", sender: "host", padded: false, largestMessage: mebibyte, fragmented: true, priority: 2 },
  { number: 3, name: "screen", sender: "host", padded: false, largestMessage: 16 * mebibyte, fragmented: true, priority: 3 },
  { number: 4, name: "feedback", sender: "viewer", padded: false, largestMessage: maximumPayload, fragmented: false, priority: 2 },
  { number: 5, name: "clipboard", sender: "both", padded: true, largestMessage: pieceBytes, fragmented: false, priority: 4 },
  { number: 6, name: "drawing", sender: "viewer", padded: false, largestMessage: 512, fragmented: false, priority: 1 },
  { number: 7, name: "chat", sender: "both", padded: true, largestMessage: maximumPayload, fragmented: false, priority: 3 },
  { number: 8, name: "files", sender: "both", padded: false, largestMessage: pieceBytes, fragmented: false, priority: 5 },
  { number: 9, name: "facts", sender: "both", padded: true, largestMessage: pieceBytes, fragmented: false, priority: 2 },
  { number: 10, name: "people", sender: "both", padded: true, largestMessage: 1_024, fragmented: false, priority: 1 },
];
