// Standard input, read whole.
import fs from "node:fs";
import { bytesFromBuffer } from "../source/bytes.ts";

let contents: string | undefined;

/** All of standard input as a byte string, the same each time; empty when it is closed. */
export function readStandardInput(): string {
  contents ??= read();
  return contents;
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
