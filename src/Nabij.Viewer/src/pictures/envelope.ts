// A kept picture as bytes: envelope, content, and what it is bound to (docs/protocol/14-kept-pictures.md).

import { WireFormatError } from "../protocol/errors.ts";
import { fromHex } from "../protocol/hex.ts";
import { lv } from "../protocol/lv.ts";
import { ascii, concatenate, encodeText, WireReader, WireWriter } from "../protocol/wire.ts";

export type Bytes = Uint8Array<ArrayBuffer>;

/** Bytes of the longest caption, as UTF-8. */
export const longestCaption = 400;
/** Bytes of the largest image. */
export const largestImage = 4 * 1024 * 1024;

const magic = ascii("NKP1");
const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const format = 1;
const identityBytes = 16;
/** Bytes of a picture's own number. */
export const pictureNumberBytes = 16;
const keyIdBytes = 32;
const pointBytes = 65;
const headerBytes = magic.length + pictureNumberBytes + keyIdBytes + pointBytes;
const fieldBytes = 11;
const tagBytes = 16;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** What a picture is bound to, each 32 hex digits. */
export interface PictureBinding {
  readonly organization: string;
  /** The server's own number of the session. */
  readonly session: string;
  /** The technician's account. */
  readonly author: string;
}

export interface PictureContent {
  /** Milliseconds since 1970. */
  readonly taken: number;
  /** Written by a person: text, never markup. */
  readonly caption: string;
  /** PNG. */
  readonly image: Bytes;
}

/** The parts of an envelope whose form was checked; views of its bytes. */
export interface Envelope {
  readonly header: Bytes;
  readonly keyId: Bytes;
  /** A point of P-256, uncompressed; whether it is on the curve, the browser says. */
  readonly ephemeral: Bytes;
  readonly box: Bytes;
}

export function makeHeader(picture: Bytes, keyId: Bytes, ephemeral: Bytes): Bytes {
  return concatenate(magic, picture, keyId, ephemeral);
}

/** Raises WireFormatError. */
export function readEnvelope(bytes: Bytes): Envelope {
  const box = bytes.length - headerBytes;
  if (box < fieldBytes + signature.length + tagBytes || box > fieldBytes + longestCaption + largestImage + tagBytes) throw new WireFormatError("LengthOutOfRange");
  if (!begins(bytes, magic) || bytes[headerBytes - pointBytes] !== 4) throw new WireFormatError("InvalidValue");
  const header = bytes.subarray(0, headerBytes);
  return {
    header, box: bytes.subarray(headerBytes),
    keyId: header.subarray(magic.length + pictureNumberBytes, headerBytes - pointBytes), ephemeral: header.subarray(headerBytes - pointBytes),
  };
}

/** The bytes that key and box are bound to. */
export function contextOf({ organization, session, author }: PictureBinding, header: Bytes): Bytes {
  return lv(ascii("Nabij kept picture"), identity(organization), identity(session), identity(author), header);
}

export function writeContent({ taken, caption, image }: PictureContent): Bytes {
  if (image.length > largestImage || !begins(image, signature)) throw new RangeError("no image that is kept");
  return concatenate(new WireWriter().u8(format).u64(BigInt(taken)).text(caption, longestCaption).finish(), image);
}

/** Raises WireFormatError. */
export function readContent(bytes: Bytes): PictureContent {
  if (bytes.length < fieldBytes) throw new WireFormatError("Truncated");
  const reader = new WireReader(bytes);
  if (reader.u8() !== format) throw new WireFormatError("InvalidValue");
  const taken = reader.exactU64();
  const caption = reader.text(longestCaption);
  const image = reader.rest().slice();
  if (image.length < signature.length || image.length > largestImage) throw new WireFormatError("LengthOutOfRange");
  if (!begins(image, signature)) throw new WireFormatError("InvalidValue");
  return { taken, caption, image };
}

/** As much of a caption as there is room for, without what the format forbids; half a surrogate pair becomes U+FFFD. */
export function captionOf(typed: string): string {
  const line = decoder.decode(encoder.encode(typed.replace(/[\u0000-\u001f\u007f-\u009f\ufeff]+/g, " "))).trim();
  let kept = "";
  for (const { segment } of new Intl.Segmenter().segment(line)) {
    if (encoder.encode(kept + segment).length > longestCaption) break;
    kept += segment;
  }
  encodeText(kept, longestCaption);
  return kept;
}

export function identity(digits: string): Bytes {
  const bytes = fromHex(digits);
  if (bytes?.length !== identityBytes) throw new RangeError("no identity of 32 hex digits");
  return bytes;
}

export function begins(bytes: Uint8Array, start: Uint8Array): boolean {
  return bytes.length >= start.length && start.every((byte, index) => bytes[index] === byte);
}
