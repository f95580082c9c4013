// How much of a file may be under way to the customer, beyond what the socket shows (file-pace.ts): the system, the router and
// every buffer on the way hold more, and a key waits behind all of it. So a transfer takes only what the line carries without
// its answers coming later than from an empty line, as background transfers do (the idea of RFC 6817). Never more than the
// credit; where the other side gives credit rarely, at least as much as lies between two of its answers.

import { fileLimits } from "../protocol/files.ts";

/** Answers that come so much later than the quickest one say that the line is filled. */
const lateMilliseconds = 80;
/** Enough that the next answer comes before the line runs dry, if the other side answers each 64 KiB. */
const leastUnderWay = 98_304;
const growBytes = 65_536;
/** What one answer counts in the speed. */
const newShare = 0.3;
/** For so long the quickest answer counts: another way through the net may be longer. */
const quickestMilliseconds = 60_000;
/** Who has not answered for so long, or for three times as long as the last time, answers less often than was thought. */
const patienceMilliseconds = 1_000;

type Handed = { readonly end: number; readonly at: number };

export class FileWindow {
  #bytes = leastUnderWay;
  #least = leastUnderWay;
  #quickest = Number.POSITIVE_INFINITY;
  #quickestSince = Number.NEGATIVE_INFINITY;
  #handed: Handed[] = [];
  #confirmed = 0;
  #confirmedAt = 0;
  /** Bytes each millisecond, by the last answers; 0 while there were none. */
  #rate = 0;
  #interval = 0;
  #size = 0;

  /** A file goes from here on. */
  begin(offset: number, size: number, now: number): void {
    this.#handed = [];
    this.#confirmed = offset;
    this.#confirmedAt = now;
    this.#size = size;
  }

  /** The bytes before this offset are in the line. */
  handedOver(end: number, now: number): void {
    this.#handed.push({ end, at: now });
  }

  /** The other side has these. */
  confirmed(offset: number, now: number): void {
    if (offset <= this.#confirmed) return;
    const step = offset - this.#confirmed;
    this.#least = Math.max(this.#least, Math.min(step + growBytes / 2, fileLimits.mostCredit));
    this.#interval = now - this.#confirmedAt;
    // The last answer of a file may come early, and says little.
    if (this.#interval > 0 && step >= growBytes / 2) this.#rate += (step / this.#interval - this.#rate) * (this.#rate === 0 ? 1 : newShare);
    this.#confirmed = offset;
    this.#confirmedAt = now;
    let newest: Handed | null = null;
    while (this.#handed[0] !== undefined && this.#handed[0].end <= offset) newest = this.#handed.shift() ?? null;
    if (newest !== null) this.#adapt(now - newest.at, now);
  }

  /** Whether the bytes before this offset may be under way now. */
  mayGo(end: number, now: number): boolean {
    const open = end - this.#confirmed;
    if (open <= this.#bytes) return true;
    const waited = now - this.#confirmedAt;
    // The last of a file is confirmed by nothing but its end: it goes as fast as what was before it.
    if (this.#size - this.#confirmed <= fileLimits.mostCredit) return this.#rate === 0 || open <= this.#bytes + this.#rate * waited;
    if (waited < Math.max(patienceMilliseconds, 3 * this.#interval)) return false;
    this.#bytes = Math.min(this.#bytes * 2, fileLimits.mostCredit);
    this.#confirmedAt = now;
    return open <= this.#bytes;
  }

  #adapt(delay: number, now: number): void {
    if (delay <= this.#quickest || now - this.#quickestSince > quickestMilliseconds) {
      this.#quickest = delay;
      this.#quickestSince = now;
    }
    const late = delay - this.#quickest;
    // No more at once than would make the next answer noticeably late.
    if (late < lateMilliseconds / 2) this.#bytes += Math.min(growBytes, (this.#rate * lateMilliseconds) / 2);
    else if (late > lateMilliseconds) this.#bytes *= 0.75;
    this.#bytes = Math.min(Math.max(this.#bytes, this.#least), fileLimits.mostCredit);
  }
}
