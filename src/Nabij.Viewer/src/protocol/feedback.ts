// Feedback messages (docs/protocol/05-screen.md "Feedback messages"): viewer to host, channel 4.

import { WireFormatError } from "./errors.ts";
import { WireReader, WireWriter } from "./wire.ts";

export const feedbackTypes = { PRESENTED: 0x01, REPAIR: 0x02 } as const;

export type PresentedMessage = {
  readonly type: "PRESENTED";
  readonly layout: number;
  readonly update: number;
  /** Microseconds from the arrival of the last piece to the end of decoding. */
  readonly decode: number;
  /** Microseconds from the end of decoding to the end of the paint. */
  readonly present: number;
};

export type FeedbackMessage = PresentedMessage | { readonly type: "REPAIR"; readonly layout: number };

export function decodeFeedback(payload: Uint8Array): FeedbackMessage {
  const reader = new WireReader(payload);
  const message = decodeMessage(reader);
  reader.end();
  return message;
}

export function encodeFeedback(message: FeedbackMessage): Uint8Array<ArrayBuffer> {
  const writer = new WireWriter(17).u8(feedbackTypes[message.type]).u32(message.layout);
  if (message.type === "PRESENTED") writer.u32(message.update).u32(message.decode).u32(message.present);
  return writer.finish();
}

function decodeMessage(reader: WireReader): FeedbackMessage {
  switch (reader.u8()) {
    case feedbackTypes.PRESENTED:
      return {
        type: "PRESENTED",
        layout: fromOne(reader.u32()),
        update: fromOne(reader.u32()),
        decode: reader.u32(),
        present: reader.u32(),
      };
    case feedbackTypes.REPAIR:
      return { type: "REPAIR", layout: fromOne(reader.u32()) };
    default:
      throw new WireFormatError("UnknownType");
  }
}

function fromOne(value: number): number {
  if (value === 0) throw new WireFormatError("InvalidValue");
  return value;
}
