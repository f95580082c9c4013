// Buffers for pixels, used again and again: a new one for each update costs its zeroing, and the collector later.

/** Buffers kept while nobody uses them. */
const maximumSpare = 4;
/** Larger ones are for whole screens, which are rare, and are let go of. */
const largestKept = 16 * 1024 * 1024;
const smallestMade = 4096;

export class BufferPool {
  #spare: ArrayBuffer[] = [];

  /** A buffer of at least so many bytes. What is in it is left over from before. */
  take(bytes: number): ArrayBuffer {
    const at = this.#spare.findIndex(({ byteLength }) => byteLength >= bytes);
    if (at >= 0) return this.#spare.splice(at, 1)[0] as ArrayBuffer;
    // Powers of two, so that the next update, a little larger, finds it.
    return new ArrayBuffer(bytes > largestKept ? bytes : Math.max(smallestMade, 2 ** Math.ceil(Math.log2(bytes))));
  }

  /** Gives a buffer back, also one that came from elsewhere; nobody may look at it any more. */
  give(buffer: ArrayBuffer): void {
    if (buffer.byteLength < smallestMade || buffer.byteLength > largestKept) return;
    this.#spare.push(buffer);
    if (this.#spare.length > maximumSpare) this.#dropSmallest();
  }

  /** The larger ones serve everything that the smaller ones do. */
  #dropSmallest(): void {
    const smallest = this.#spare.reduce((least, one) => (one.byteLength < least.byteLength ? one : least));
    this.#spare = this.#spare.filter((one) => one !== smallest);
  }
}
