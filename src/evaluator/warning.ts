// Warnings: those of the evaluation itself, and those that a program asks for with `builtins.warn`.
import { type Reportable, type ReportOptions, renderError } from "../source/error-report.ts";
import { noPos, type Pos } from "../source/position.ts";
import type { Interpreter } from "./interpreter.ts";

/** Writes `warning: …` and where it is about to standard error; the message is a byte string. */
export function writeWarning(interpreter: Interpreter, message: string, pos: Pos = noPos): void {
  reportWarning(interpreter, { message, pos, trace: [], suggestions: [] }, { prefix: "warning" });
}

/** Writes a warning with a trace, or in another form. */
export function reportWarning(
  { host, positions, showTrace, settings }: Interpreter,
  warning: Reportable,
  form: Pick<ReportOptions, "prefix" | "isUnindented">,
): void {
  if (settings.isQuiet) return;
  host.writeError(renderError(warning, positions, { showTrace, color: host.color ?? false, ...form }));
}
