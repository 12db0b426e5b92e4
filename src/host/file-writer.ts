// A file that is written in pieces over some time, by a program that does other things meanwhile.
import fs from "node:fs";
import { fileErrorReason } from "./file-error-reason.ts";
import { FileError } from "./host.ts";
import { writeFully } from "./node-host.ts";

export class FileWriter {
  private readonly path: string;
  private readonly file: number;

  /** Makes a new file at an absolute path (a byte string) or empties one. Throws FileError, as every method here. */
  constructor(path: string) {
    this.path = path;
    this.file = this.attempt(() => fs.openSync(Buffer.from(path, "latin1"), "w", 0o644));
  }

  write(bytes: Uint8Array): void {
    this.attempt(() => writeFully(this.file, bytes));
  }

  /** Has everything on the disk (fsync), and closes the file. */
  finish(): void {
    try {
      this.attempt(() => fs.fsyncSync(this.file));
    } finally {
      fs.closeSync(this.file);
    }
  }

  /** Closes a file that nobody wants any more. */
  abandon(): void {
    fs.closeSync(this.file);
  }

  private attempt<Result>(action: () => Result): Result {
    try {
      return action();
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "EIO";
      throw new FileError(code, this.path, fileErrorReason(code));
    }
  }
}
