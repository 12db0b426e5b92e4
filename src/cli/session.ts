// What every command works with: the machine, the two outputs, and what a report of an error needs to know.

import type { Evaluation } from "../api/evaluation.ts";
import type { TreeCache } from "../evaluator/tree-cache.ts";
import { fileErrorReason } from "../host/file-error-reason.ts";
import { FileError, type Host } from "../host/host.ts";
import { createNodeHost, showsColor, writeFully } from "../host/node-host.ts";
import type { Reportable } from "../source/error-report.ts";
import { logText } from "../source/log-text.ts";
import { PositionTable } from "../source/position.ts";
import type { NixConfig } from "./nix-config.ts";

/** Another way to report errors than Nix's. */
export interface Reporter {
  /** The report, of complete lines: of an error as Nix would show it, and the one that it was made of. */
  report(shown: Reportable, cause: unknown, session: Session): string;
  /** Whether advice about the command line may follow. */
  readonly advises: boolean;
}

export class Session {
  readonly host: Host = createNodeHost();
  /** Where positions in errors lead; a command that evaluates puts its evaluator's table here. */
  positions = new PositionTable();
  showTrace = false;
  /** Where parsed files are kept; what is new there is written when the command has ended. */
  treeCache?: TreeCache;
  /** What programs see of the machine, where that is not all of `host`. */
  evaluationHost?: Host;
  /** In ms: evaluations that take less are not kept. */
  worthKeeping?: number;
  /** nix.conf and what the command line sets. */
  config?: NixConfig;
  /** Warnings are not printed. */
  isQuiet?: boolean;
  /** The evaluation that errors come from, when there is one. */
  evaluation?: Evaluation;
  /** Undefined for reports as Nix has them. */
  reporter?: Reporter;

  /** Whether standard error is a terminal that shows colours. */
  get color(): boolean {
    return this.showsColor(2);
  }

  /** Whether standard output (1) or standard error (2) is a terminal that shows colours; decided as in Nix. */
  showsColor(stream: 1 | 2): boolean {
    return showsColor(stream);
  }

  /** Writes a byte string to standard output. Throws EPIPE when nobody reads it any more. */
  print(bytes: string): void {
    try {
      writeFully(1, Buffer.from(bytes, "latin1"));
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "EPIPE";
      throw code === "EPIPE" ? error : new FileError(code, "cannot write the output", fileErrorReason(code));
    }
  }

  /** Prints a warning (a byte string). */
  warn(message: string): void {
    if (this.isQuiet) return;
    this.host.writeError(logText(`\x1b[35;1mwarning:\x1b[0m ${message}\n`, this.color));
  }
}
