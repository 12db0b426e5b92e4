// Which store objects some contents refer to: Nix finds them by looking for the 32 characters of their hash parts, in
// file contents, symlink targets and file names.
import { sortedUnique } from "./byte-order.ts";
import type { StorePath } from "./eval-store.ts";
import type { FileTree } from "./file-tree.ts";
import { narEvents } from "./nar.ts";
import { isNix32Digit } from "./nix32.ts";
import { hashPartOfStorePath } from "./store-path.ts";

const refLength = 32;
const isDigit = Uint8Array.from({ length: 256 }, (_, code) => (isNix32Digit(code) ? 1 : 0));

/** Those of the candidates that occur anywhere in the tree; sorted. Reads every file once. */
export function scanReferences(tree: FileTree, candidates: Iterable<StorePath>): StorePath[] {
  const scanner = new ReferenceScanner(candidates);
  for (const event of narEvents(tree)) {
    if (event.type === "end") continue;
    scanner.text(event.name);
    if (event.type === "symlink") scanner.text(event.target);
    if (event.type === "regular") scanner.contents(event.contents);
  }
  return scanner.found();
}

/** The search itself, for contents that come from somewhere else than a tree. */
export class ReferenceScanner {
  private readonly missing = new Map<string, StorePath[]>();
  private readonly seen: StorePath[] = [];

  constructor(candidates: Iterable<StorePath>) {
    for (const path of candidates) {
      const hashPart = hashPartOfStorePath(path);
      const others = this.missing.get(hashPart);
      if (others === undefined) this.missing.set(hashPart, [path]);
      else others.push(path);
    }
  }

  /** Looks through a byte string. */
  text(text: string): void {
    if (text.length >= refLength) this.search(Buffer.from(text, "latin1"));
  }

  /** Looks through contents in pieces; a hash part may span pieces of any size. */
  contents(chunks: Iterable<Uint8Array>): void {
    for (const _ of this.passing(chunks)) {
      // Drawing the chunks is all there is to do.
    }
  }

  /** Gives the same pieces on, looking through them as they are drawn. */
  *passing(chunks: Iterable<Uint8Array>): Generator<Uint8Array, void, void> {
    let tail: Buffer = Buffer.alloc(0);
    for (const chunk of chunks) {
      const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      // The seam holds every place where a hash part can begin in an earlier piece and end in this one.
      const seam = Buffer.concat([tail, buffer.subarray(0, refLength - 1)]);
      if (tail.length > 0) this.search(seam);
      this.search(buffer);
      tail =
        buffer.length >= refLength - 1 ? Buffer.from(buffer.subarray(1 - refLength)) : seam.subarray(1 - refLength);
      yield chunk;
    }
  }

  /** The candidates found so far, sorted. */
  found(): StorePath[] {
    return sortedUnique(this.seen);
  }

  private search(data: Buffer): void {
    let start = 0;
    // How many bytes from `start` on are known to be digits.
    let known = 0;
    while (start + refLength <= data.length && this.missing.size > 0) {
      // From the end: one byte that is no digit rules out all windows that hold it.
      let last = start + refLength - 1;
      while (last >= start + known && isDigit[data[last]!] === 1) last--;
      if (last >= start + known) {
        known = start + refLength - 1 - last;
        start = last + 1;
        continue;
      }
      const hashPart = data.toString("latin1", start, start + refLength);
      const paths = this.missing.get(hashPart);
      if (paths !== undefined) {
        this.seen.push(...paths);
        this.missing.delete(hashPart);
      }
      start++;
      known = refLength - 1;
    }
  }
}
