// Standard input, read whole or in pieces.
import fs from "node:fs";
import { bytesFromBuffer } from "../source/bytes.ts";

let contents: string | undefined;

/** All of standard input as a byte string, the same each time; empty when it is closed. */
export function readStandardInput(): string {
  contents ??= read();
  return contents;
}

const chunkSize = 256 * 1024;

/** Standard input in pieces, for what may be large; may be drawn once. */
export function* standardInputChunks(): Generator<Uint8Array, void, void> {
  for (;;) {
    const chunk = Buffer.allocUnsafeSlow(chunkSize);
    const length = readSome(chunk);
    if (length === 0) return;
    yield chunk.subarray(0, length);
  }
}

function readSome(chunk: Uint8Array): number {
  for (;;) {
    try {
      return fs.readSync(0, chunk, 0, chunk.length, null);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code === "EBADF" || code === "EOF") return 0;
      if (code !== "EAGAIN") throw error;
      // A pipe in non-blocking mode whose writer is slow.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

function read(): string {
  try {
    return bytesFromBuffer(fs.readFileSync(0));
  } catch (error) {
    // A terminal in non-blocking mode, and no input at all.
    if (error instanceof Error && "code" in error && (error.code === "EAGAIN" || error.code === "EBADF")) return "";
    throw error;
  }
}
