// From an error of the program to everything that can be said about it. Each code has its rule; what no rule knows gets
// the place alone. Positions in libraries are turned into the place of the user's own code that led there.
import type { Interpreter } from "../evaluator/interpreter.ts";
import type { NixError } from "../source/nix-error.ts";
import { noPos, showPlace } from "../source/position.ts";
import { explainDivision, explainOverflow } from "./arithmetic-fault.ts";
import { explainAssertion } from "./assertion.ts";
import { explainComparison } from "./comparison.ts";
import { explainDuplicateArgument, explainDuplicateAttribute } from "./definition-clash.ts";
import { explainDerivation } from "./derivation-attribute.ts";
import type { CodeLabel, CodeRange, Diagnostic, Explanation, Suggestion } from "./diagnostic.ts";
import type { DiagnosticCode } from "./diagnostic-code.ts";
import { explainDynamicAttribute } from "./dynamic-attribute.ts";
import { ErrorCase, type NamesAt } from "./error-case.ts";
import { explainInvalidLiteral } from "./invalid-literal.ts";
import { explainInvalidData, explainInvalidPath, explainRegularExpression } from "./invalid-text.ts";
import { explainListIndex } from "./list-index.ts";
import { explainMissingAttribute } from "./missing-attribute.ts";
import { explainMissingFeature } from "./missing-feature.ts";
import { explainMissingFile, explainSearchPath } from "./missing-file.ts";
import { explainNotAFunction } from "./not-a-function.ts";
import { explainInfiniteRecursion, explainStackOverflow } from "./recursion.ts";
import { explainSyntaxError } from "./syntax-error.ts";
import { explainThrown } from "./thrown.ts";
import { summariseTrace } from "./trace-summary.ts";
import { explainUndefinedVariable } from "./undefined-variable.ts";
import { explainWrongArgument } from "./wrong-argument.ts";
import { explainWrongValue } from "./wrong-value.ts";

type Rule = (error: ErrorCase) => Explanation | undefined;

const rules: Readonly<Partial<Record<DiagnosticCode, Rule>>> = {
  "syntax-error": explainSyntaxError,
  "invalid-literal": explainInvalidLiteral,
  "duplicate-attribute": explainDuplicateAttribute,
  "duplicate-argument": explainDuplicateArgument,
  "undefined-variable": explainUndefinedVariable,
  "missing-attribute": explainMissingAttribute,
  "missing-argument": explainWrongArgument,
  "unexpected-argument": explainWrongArgument,
  "wrong-type": explainWrongValue,
  "cannot-coerce": explainWrongValue,
  "cannot-add": explainWrongValue,
  "cannot-compare": explainComparison,
  "not-a-function": explainNotAFunction,
  "division-by-zero": explainDivision,
  "integer-overflow": explainOverflow,
  "index-out-of-bounds": explainListIndex,
  "invalid-path": explainInvalidPath,
  "invalid-regular-expression": explainRegularExpression,
  "invalid-data": explainInvalidData,
  "assertion-failed": explainAssertion,
  throw: explainThrown,
  abort: explainThrown,
  "evaluation-error": explainDerivation,
  "dynamic-attribute": explainDynamicAttribute,
  "missing-feature": explainMissingFeature,
  "infinite-recursion": explainInfiniteRecursion,
  "stack-overflow": explainStackOverflow,
  "missing-file": explainMissingFile,
  "search-path": explainSearchPath,
};

/** What is known about an error of this evaluation. Never throws: a rule that fails is left out. */
export function explainError(error: NixError, interpreter: Interpreter, namesAt?: NamesAt): Diagnostic {
  try {
    return diagnose(new ErrorCase(error, interpreter, namesAt));
  } catch {
    return diagnose(new ErrorCase(error, interpreter), false);
  }
}

/** The same, but a fault of a rule is thrown: for tests. */
export function diagnose(errorCase: ErrorCase, withRule = true): Diagnostic {
  const { error } = errorCase;
  const found = (withRule ? rules[errorCase.code]?.(errorCase) : undefined) ?? {};
  const { primary, labels = [], notes = [], suggestions = [] } = forUser(errorCase, found);
  const { frames, omitted } = summariseTrace(errorCase);
  return {
    code: errorCase.code,
    message: error.message,
    primary,
    labels: labels.filter(({ range }) => !isSame(range, primary?.range)),
    notes,
    suggestions,
    trace: frames,
    omittedFrames: omitted,
  };
}

/** Points to the user's code; what would be changed or marked in a library becomes words. */
function forUser(error: ErrorCase, found: Explanation): Explanation {
  const isUsers = ({ source, start }: CodeRange): boolean => error.isUsers(source.base + start);
  const usersPos = error.positions.find((pos) => error.isUsers(pos));
  const primary = found.primary ?? defaultLabel(error, usersPos ?? error.innermostPos);
  if (primary !== undefined && usersPos === undefined) {
    const pos = primary.range.source.base + primary.range.start;
    if (error.library.isOurs(pos)) {
      const note = `the error is in ${error.library.nameAt(pos)}: ${showPlace(error.interpreter.positions, pos)}`;
      return {
        notes: [note, ...(found.notes ?? [])],
        suggestions: (found.suggestions ?? []).map(({ text }) => ({ text })),
      };
    }
  }
  if (primary === undefined || isUsers(primary.range) || usersPos === undefined) {
    return {
      ...found,
      primary,
      labels: (found.labels ?? []).filter(
        ({ range }) => isUsers(range) || primary === undefined || !isUsers(primary.range),
      ),
    };
  }
  const { source, start } = primary.range;
  const place = showPlace(error.interpreter.positions, source.base + start);
  const library = error.library.nameAt(source.base + start);
  const suggestions = (found.suggestions ?? []).map(
    (suggestion): Suggestion =>
      suggestion.edit === undefined || isUsers(suggestion.edit.range) ? suggestion : { text: suggestion.text },
  );
  return {
    primary: error.labelAt(usersPos, `this led to the error in ${library}`),
    labels: (found.labels ?? []).filter(({ range }) => isUsers(range)),
    notes: [`the error is in ${library}: ${place}`, ...(found.notes ?? [])],
    suggestions,
  };
}

function defaultLabel(error: ErrorCase, pos: number): CodeLabel | undefined {
  const { innermostPos } = error;
  const library = error.isUsers(innermostPos) ? undefined : error.library.nameAt(innermostPos);
  if (pos === noPos) return undefined;
  if (library !== undefined && pos !== innermostPos) return error.labelAt(pos, `this led to the error in ${library}`);
  return error.labelAt(pos, error.callAt(pos) === undefined ? "this is what it is about" : "in this call");
}

function isSame(a: CodeRange, b: CodeRange | undefined): boolean {
  return b !== undefined && a.source === b.source && a.start === b.start && a.end === b.end;
}
