// Exact reads from a stream of pieces of any size. What it gives are views where it can, copies where a read spans
// pieces.
import { StoreError } from "./store-error.ts";

const empty = Buffer.alloc(0);

export class ByteReader {
  private readonly source: Iterator<Uint8Array>;
  private rest: Buffer = empty;

  constructor(chunks: Iterable<Uint8Array>) {
    this.source = chunks[Symbol.iterator]();
  }

  /** Whether nothing is left. */
  atEnd(): boolean {
    while (this.rest.length === 0) {
      const next = this.source.next();
      if (next.done) return true;
      this.rest = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
    }
    return false;
  }

  /** At least one byte and at most `limit` (which is positive). Throws StoreError `bad-archive` at the end. */
  some(limit: number): Buffer {
    if (this.atEnd()) throw new StoreError("bad-archive", "unexpected end-of-file");
    const chunk = this.rest.subarray(0, limit);
    this.rest = this.rest.subarray(chunk.length);
    return chunk;
  }

  /** So many bytes. Throws StoreError `bad-archive` when there are fewer. */
  exactly(size: number): Buffer {
    if (size <= this.rest.length) {
      const bytes = this.rest.subarray(0, size);
      this.rest = this.rest.subarray(size);
      return bytes;
    }
    const bytes = Buffer.allocUnsafe(size);
    for (let filled = 0; filled < size; ) filled += this.some(size - filled).copy(bytes, filled);
    return bytes;
  }
}
