// Comparisons of values that have no order.
import { describeType } from "../value/print.ts";
import type { Value } from "../value/value.ts";
import { isNumber, isText, nullAdvice, quotedNumber } from "./conversion.ts";
import type { Explanation, Suggestion } from "./diagnostic.ts";
import { type ErrorCase, label, type Placed } from "./error-case.ts";
import type { ExpressionNode } from "./syntax-node.ts";
import { originOf } from "./value-origin.ts";

const comparisonRule =
  "only numbers, strings, paths and lists of them can be compared with each other, and only with their own kind";

/** `a < b` of values that have no order. */
export function explainComparison(error: ErrorCase): Explanation | undefined {
  const { subject } = error;
  const frame = error.trace.find(({ message }) => message === "while calling the 'lessThan' builtin");
  const operator = error.operatorAt(frame?.pos ?? error.innermostPos);
  if (!Array.isArray(subject)) return undefined;
  if (operator === undefined) return { notes: [comparisonRule] };
  const { source, node } = operator;
  const isSwapped = node.operator === ">" || node.operator === "<=";
  const [left, right] = (isSwapped ? subject.toReversed() : subject) as [Value, Value];
  const sides: [Placed<ExpressionNode>, Value][] = [
    [{ source, node: node.left }, left],
    [{ source, node: node.right }, right],
  ];
  const describe = (value: Value): string => `this is ${error.describe(value)}`;
  const suggestions = sides.flatMap(([place, value], index): Suggestion[] => {
    const other = sides[1 - index]![1];
    if (isText(value) && isNumber(other)) {
      const origin = originOf(error, place).place;
      return quotedNumber(value, origin) ?? [];
    }
    return value === null ? nullAdvice(place) : [];
  });
  const isSameKind = describeType(left) === describeType(right);
  return {
    primary: label(
      operator,
      isSameKind ? `${describeType(left).replace(/^an? /, "")}s have no order` : "these have no order",
    ),
    labels: sides.map(([place, value]) => label(place, describe(value))),
    notes: [comparisonRule],
    suggestions,
  };
}
