// A fault of the program as the library shows it: in ordinary text. What costs more than a report is only made when it
// is asked for, and keeps the evaluation alive as long as the error.
import { type DiagnosticData, diagnosticData } from "../explain/diagnostic-data.ts";
import { explainError } from "../explain/explain.ts";
import { renderDiagnostic } from "../explain/report-text.ts";
import { bytesFromText, textFromBytes } from "../source/bytes.ts";
import { renderError } from "../source/error-report.ts";
import type { NixError, NixErrorKind } from "../source/nix-error.ts";
import { showOrigin } from "../source/position.ts";
import type { Evaluation } from "./evaluation.ts";

export interface ErrorPlace {
  /** A path, or `«string»` for a text that came from no file. */
  readonly file: string;
  /** Counted from 1; the column in bytes. */
  readonly line: number;
  readonly column: number;
}

export interface ExplanationOptions {
  /** Default false. */
  readonly color?: boolean;
  /** In columns. Default 100. */
  readonly width?: number;
}

/** An evaluation that failed. `message` is the error alone, `report` what the command line prints: place, trace, code. */
export class EvaluationError extends Error {
  readonly kind: NixErrorKind;
  readonly place: ErrorPlace | undefined;
  /** What could have been meant in place of a name that does not exist, best first. */
  readonly suggestions: readonly string[];
  readonly report: string;
  // Not a property that printing the error would show: it is large.
  readonly #evaluation: Evaluation;
  #data: DiagnosticData | undefined;

  constructor(error: NixError, evaluation: Evaluation, showTrace: boolean) {
    super(textFromBytes(error.message), { cause: error });
    const { positions } = evaluation.interpreter;
    this.#evaluation = evaluation;
    this.name = "EvaluationError";
    this.kind = error.kind;
    const place = positions.resolve(error.pos);
    this.place = place && {
      file: textFromBytes(showOrigin(place.source.origin)),
      line: place.line,
      column: place.column,
    };
    this.suggestions = error.suggestions.map(textFromBytes);
    this.report = textFromBytes(renderError(error, positions, { showTrace, color: false }));
  }

  /** The error as data for tools: code, ranges, labels, suggestions, trace. See docs/errors.md. */
  get diagnostic(): DiagnosticData {
    this.#data ??= diagnosticData(this.#explained);
    return this.#data;
  }

  /** The error explained to a person, as `--explain` of the command line does it. */
  explain({ color = false, width = 100 }: ExplanationOptions = {}): string {
    const { workingDir } = this.#evaluation.host;
    return textFromBytes(renderDiagnostic(this.#explained, { color, width, showTrace: false, workingDir }));
  }

  get #explained() {
    const evaluation = this.#evaluation;
    const error = this.cause as NixError;
    return explainError(error, evaluation.interpreter, (pos) => evaluation.preludeNamesAt(pos));
  }

  /** For an evaluation on a stack that was too small for it. */
  static stackAdvice(error: NixError, depth: number, limit: number): NixError {
    const advice = bytesFromText(
      `the stack of this process was full after ${depth} nested calls, of ${limit} that are allowed.\n` +
        "Give Node a larger one (--stack-size, within `ulimit -s`), evaluate in a Worker with\n" +
        "resourceLimits.stackSizeMb, or use the command line, which does this by itself",
    );
    return Object.assign(error.copy(), { cause: error.cause, message: `${error.message}: ${advice}` });
  }
}
