// The browser's own private file system, locks and quota, for pages and workers alike.

import type { Locks, Platform, PrivateFolder } from "./private-files.ts";

/** What stays free for the browser itself. */
const reserveBytes = 16_777_216;

export const privatePlatform: Platform = {
  open: () => navigator.storage.getDirectory() as Promise<unknown> as Promise<PrivateFolder>,
  locks: { request: (name, options, act) => navigator.locks.request(name, options, act) } satisfies Locks,
  room: async () => {
    const { quota, usage } = await navigator.storage.estimate();
    return quota === undefined ? null : Math.max(0, quota - (usage ?? 0) - reserveBytes);
  },
};
