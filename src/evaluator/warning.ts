// Warnings of the evaluation itself, as opposed to those a program asks for with `builtins.warn`.
import { logText } from "../source/log-text.ts";
import type { Interpreter } from "./interpreter.ts";

/** Writes `warning: …` to standard error; the message is a byte string. */
export function writeWarning(interpreter: Interpreter, message: string): void {
  interpreter.host.writeError(logText(`warning: ${message}\n`, false));
}
