// What a session needs of whoever it talks to.
import type { ProcessResult } from "../host/host.ts";

/** All texts are byte strings. */
export interface ReplTerminal {
  /** Whether values are shown in colours. */
  readonly color: boolean;
  /** The width to fill with running text. */
  readonly columns: number;
  /** Writes what was asked for. */
  print(text: string): void;
  /** Writes a line of news, such as how many names were added. */
  notice(line: string): void;
  /** Writes an error. Throws it again when there is nobody left to read. */
  reportError(error: unknown, options: { readonly showTrace: boolean }): void;
  /** Shows lines, which may be more than fit on the screen. */
  page(text: string): void;
  /** Runs a program that takes the terminal over, to its end. Throws FileError when it cannot be started. */
  runProgram(program: string, args: readonly string[]): Pick<ProcessResult, "status" | "signal">;
}
