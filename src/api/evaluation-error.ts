// A fault of the program as the library shows it: in ordinary text, complete without the evaluation it comes from.
import { bytesFromText, textFromBytes } from "../source/bytes.ts";
import { renderError } from "../source/error-report.ts";
import type { NixError, NixErrorKind } from "../source/nix-error.ts";
import { type PositionTable, showOrigin } from "../source/position.ts";

export interface ErrorPlace {
  /** A path, or `«string»` for a text that came from no file. */
  readonly file: string;
  /** Counted from 1; the column in bytes. */
  readonly line: number;
  readonly column: number;
}

/** An evaluation that failed. `message` is the error alone, `report` what the command line prints: place, trace, code. */
export class EvaluationError extends Error {
  readonly kind: NixErrorKind;
  readonly place: ErrorPlace | undefined;
  /** What could have been meant in place of a name that does not exist, best first. */
  readonly suggestions: readonly string[];
  readonly report: string;

  constructor(error: NixError, positions: PositionTable, showTrace: boolean) {
    super(textFromBytes(error.message), { cause: error });
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

  /** For an evaluation on a stack that was too small for it. */
  static stackAdvice(error: NixError, depth: number, limit: number): NixError {
    const advice = bytesFromText(
      `the stack of this process was full after ${depth} nested calls, of ${limit} that are allowed.\n` +
        "Give Node a larger one (--stack-size, within `ulimit -s`), evaluate in a Worker with\n" +
        "resourceLimits.stackSizeMb, or use the command line, which does this by itself",
    );
    return Object.assign(error.copy(), { message: `${error.message}: ${advice}` });
  }
}
