// The permission word (docs/protocol/04-channels.md "Permissions"). What the viewer may do is decided by the host alone;
// here the bits only say what to show and what makes sense to send.

import { WireFormatError } from "./errors.ts";

export const permissions = {
  VIEW: 1,
  POINTER: 2,
  KEYBOARD: 4,
  CLIPBOARD_TO_HOST: 8,
  CLIPBOARD_FROM_HOST: 16,
  FILES_TO_HOST: 32,
  FILES_FROM_HOST: 64,
  CHAT: 128,
  SYSTEM_INFORMATION: 256,
  ELEVATE: 512,
  RECORD: 1024,
  DRAW: 2048,
} as const;
export type PermissionName = keyof typeof permissions;

/** Bits 12-31 are reserved and zero. */
export const allPermissions = 0xfff;

/** Refuses reserved bits. */
export function checkedPermissions(word: number): number {
  if (word > allPermissions) throw new WireFormatError("InvalidValue");
  return word;
}
