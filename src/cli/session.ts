// What every command works with: the machine, the two outputs, and what a report of an error needs to know.
import type { Host } from "../host/host.ts";
import { createNodeHost, writeFully } from "../host/node-host.ts";
import { logText } from "../source/log-text.ts";
import { PositionTable } from "../source/position.ts";

export class Session {
  readonly host: Host = createNodeHost();
  /** Where positions in errors lead; a command that evaluates puts its evaluator's table here. */
  positions = new PositionTable();
  showTrace = false;

  /** Whether standard error is a terminal that shows colours; decided as in Nix. */
  get color(): boolean {
    const set = (name: string): boolean => this.host.env(name) !== undefined;
    if (set("NO_COLOR") || set("NOCOLOR") || (this.host.env("TERM") ?? "dumb") === "dumb") return false;
    return process.getBuiltinModule("node:tty").isatty(2);
  }

  /** Writes a byte string to standard output. Throws EPIPE when nobody reads it any more. */
  print(bytes: string): void {
    writeFully(1, Buffer.from(bytes, "latin1"));
  }

  /** Prints a warning (a byte string). */
  warn(message: string): void {
    this.host.writeError(logText(`\x1b[35;1mwarning:\x1b[0m ${message}\n`, this.color));
  }
}
