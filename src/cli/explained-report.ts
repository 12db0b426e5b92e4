// Reports of errors beyond that of Nix, for people (`--explain`) and for tools (`--diagnostics json`). Loaded only when
// one of them was asked for.
import type { Evaluation } from "../api/evaluation.ts";
import type { Diagnostic } from "../explain/diagnostic.ts";
import type { DiagnosticCode } from "../explain/diagnostic-code.ts";
import { diagnosticData, plainDiagnostic } from "../explain/diagnostic-data.ts";
import { explainError } from "../explain/explain.ts";
import { renderDiagnostic } from "../explain/report-text.ts";
import { FileError } from "../host/host.ts";
import { bytesFromText } from "../source/bytes.ts";
import type { Reportable } from "../source/error-report.ts";
import { NixError } from "../source/nix-error.ts";
import type { ParsedArguments } from "./arguments.ts";
import type { Reporter, Session } from "./session.ts";
import { UsageError } from "./usage-error.ts";

const widthOfNoTerminal = 100;

/** The reporter that the command line asks for. Throws UsageError for an unknown format. */
export function explainingReporter(parsed: ParsedArguments): Reporter {
  const format = parsed.value("diagnostics");
  if (format !== undefined && format !== "json") {
    throw new UsageError(`'--diagnostics' knows the format 'json', not '${format}'`);
  }
  return reporterOf(format !== undefined);
}

/** The reporter for a command line that could not be taken apart; undefined when it does not ask for JSON. */
export function reporterInWords(words: readonly string[]): Reporter | undefined {
  const isJson = words.some((word, index) => {
    return word === "--diagnostics=json" || (word === "--diagnostics" && words[index + 1] === "json");
  });
  return isJson ? reporterOf(true) : undefined;
}

function reporterOf(isJson: boolean): Reporter {
  return {
    report(shown, cause, session) {
      const diagnostic = diagnosticOf(shown, cause, session.evaluation);
      if (isJson) return bytesFromText(`${JSON.stringify(diagnosticData(diagnostic))}\n`);
      const { color, showTrace, host } = session;
      return renderDiagnostic(diagnostic, { color, showTrace, width: widthOf(session), workingDir: host.workingDir });
    },
    advises: !isJson,
  };
}

function diagnosticOf(shown: Reportable, cause: unknown, evaluation: Evaluation | undefined): Diagnostic {
  if (cause instanceof NixError && evaluation !== undefined) {
    return explainError(cause, evaluation.interpreter, (pos) => evaluation.preludeNamesAt(pos));
  }
  return plainDiagnostic(codeOfCause(cause), shown.message, shown.suggestions);
}

const codesByName: Readonly<Record<string, DiagnosticCode>> = {
  UsageError: "usage",
  BuildError: "build-failed",
  StoreError: "store-error",
  OutLinkError: "file-error",
  RunError: "run-failed",
  RangeError: "stack-overflow",
};

/** The code of an error that is not one of the program. */
function codeOfCause(cause: unknown): DiagnosticCode {
  if (cause instanceof FileError) return cause.code === "ENOENT" ? "missing-file" : "file-error";
  if (cause instanceof NixError) return "evaluation-error";
  if (!(cause instanceof Error)) return "bug";
  const hasCode = "code" in cause && typeof cause.code === "string" && !cause.code.startsWith("ERR_");
  return codesByName[cause.name] ?? (hasCode ? "file-error" : "bug");
}

function widthOf({ host }: Session): number {
  if (process.getBuiltinModule("node:tty").isatty(2)) return process.stderr.columns || widthOfNoTerminal;
  return Number(host.env("COLUMNS")) || widthOfNoTerminal;
}
