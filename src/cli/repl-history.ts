// What was entered in earlier sessions: a file of lines in the user's state folder. Sessions that run at once only add to
// it, and the next one to start shortens it.
import fs from "node:fs";
import type { Host } from "../host/host.ts";
import { textFromBytes } from "../source/bytes.ts";

const mostLines = 1000;

export class ReplHistory {
  /** Ordinary text, oldest first; none is the same as the one before. */
  readonly lines: string[] = [];
  /** Undefined where there is no home, or when the file cannot be written. */
  private file: string | undefined;

  constructor(host: Host) {
    this.file = historyFile(host);
    if (this.file !== undefined) this.read(this.file);
  }

  /** Adds a line that was entered. */
  add(line: string): void {
    if (line.trim() === "" || line === this.lines.at(-1)) return;
    this.lines.push(line);
    if (this.file === undefined) return;
    try {
      fs.mkdirSync(folderOf(this.file), { recursive: true, mode: 0o700 });
      fs.appendFileSync(this.file, `${line}\n`, { mode: 0o600 });
    } catch {
      // A session without a past is better than none.
      this.file = undefined;
    }
  }

  private read(file: string): void {
    try {
      const lines = fs
        .readFileSync(file, "utf8")
        .split("\n")
        .filter((line) => line !== "");
      this.lines.push(...lines.slice(-mostLines));
      if (lines.length > 2 * mostLines) shorten(file, this.lines);
    } catch {
      // There is none yet, or it cannot be read.
    }
  }
}

function shorten(file: string, lines: readonly string[]): void {
  const temp = `${file}.${process.pid}`;
  fs.writeFileSync(temp, lines.map((line) => `${line}\n`).join(""), { mode: 0o600 });
  fs.renameSync(temp, file);
}

function historyFile(host: Host): string | undefined {
  const state = host.env("XDG_STATE_HOME");
  const home = host.env("HOME");
  const folder = state?.startsWith("/") ? state : home?.startsWith("/") ? `${home}/.local/state` : undefined;
  return folder === undefined ? undefined : `${textFromBytes(folder)}/ocinix/repl-history`;
}

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf("/"));
}
