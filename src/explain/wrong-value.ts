// A value of a type that cannot be used where it is: which expression it came from, where it was written, and how to
// turn it into what is needed.
import { isFunction } from "../value/function.ts";
import { describeType } from "../value/print.ts";
import type { Value } from "../value/value.ts";
import { conversionsTo, type Need, swappedArguments } from "./conversion.ts";
import type { CodeLabel, Explanation } from "./diagnostic.ts";
import { type ErrorCase, label, type Placed, textOfNode } from "./error-case.ts";
import { faultyExpression } from "./faulty-expression.ts";
import { functionFindings, noFindings } from "./forgotten-argument.ts";
import { itemInUsersCode, itemOf } from "./list-item.ts";
import type { ExpressionNode } from "./syntax-node.ts";
import { bare } from "./syntax-search.ts";
import { originOf } from "./value-origin.ts";

/** What a message says is needed. */
function needOf({ code, message }: ErrorCase): Need | undefined {
  if (code === "cannot-coerce") return "string";
  if (code === "cannot-add") return "number";
  return /^expected an? (\w+) but found /.exec(message)?.[1] as Need | undefined;
}

export function explainWrongValue(error: ErrorCase): Explanation | undefined {
  const need = needOf(error);
  if (need === undefined || error.subject === undefined) return undefined;
  const value = error.subject as Value;
  const faulty = faultyExpression(error);
  if (faulty === undefined) return { notes: [], suggestions: [] };
  const item = itemOf(error, faulty.place, value);
  const guess = item === undefined ? itemInUsersCode(error, faulty.place, value) : undefined;
  if (guess !== undefined) return guess;
  const place = item ?? faulty.place;
  const isExact = faulty.isExact || item !== undefined;
  const found = describeType(value);
  const consequence = consequenceFor(place, need);
  const primary = label(
    place,
    isExact ? `this is ${found}, ${consequence}` : `${found} comes from here, ${consequence}`,
  );
  const origin = originOf(error, place);
  const labels: CodeLabel[] = [];
  if (origin.isElsewhere && origin.place.node.kind === "formal") {
    labels.push(label(origin.place, "it comes in by this argument"));
  } else if (origin.isElsewhere && !isFunction(value)) {
    labels.push(originLabel(origin.place as Placed<ExpressionNode>, value));
  }
  const swapped = need === "list" || need === "set" || need === "integer" ? swappedArguments(error, place, value) : [];
  const forgotten = swapped.length > 0 ? noFindings : functionFindings(error, value, place, isExact);
  const conversions = isFunction(value) ? swapped : conversionsTo(error, need, value, place, isExact, origin.place);
  return {
    primary,
    labels: [...labels, ...otherSide(error, place, need), ...forgotten.labels],
    notes: forgotten.notes,
    suggestions: [...forgotten.suggestions, ...conversions],
  };
}

function originLabel(place: Placed<ExpressionNode>, value: Value): CodeLabel {
  const { source, node } = place;
  const text = textOfNode(place);
  if (text.length <= 60 && !/[\r\n]/.test(text)) return label(place, `${describeType(value)}, written here`);
  const opening = node.kind === "attrs" ? text.indexOf("{") + 1 : 1;
  return {
    range: { source, start: node.start, end: node.start + opening },
    text: `${describeType(value)} begins here`,
  };
}

/** What is wrong with it at its place. */
function consequenceFor({ node }: Placed<ExpressionNode>, need: Need): string {
  const { parent } = node;
  const isSum = parent?.kind === "binary" && parent.operator === "+";
  if (need === "number") return "which cannot be added to a number";
  if (need === "string" && parent?.kind === "interpolation") return "which cannot be put into a string";
  if (need === "string" && isSum && parent.left === node) return "but `+` adds numbers and joins strings";
  if (need === "string" && isSum && bare(parent.left).kind === "path") return "which cannot be added to a path";
  const purpose =
    parent?.kind === "if" && parent.condition === node
      ? " as a condition"
      : parent?.kind === "select" && parent.target === node
        ? " to select from"
        : "";
  return `but ${need === "integer" ? "an" : "a"} ${need} is needed${purpose}`;
}

/** The other operand, which decided what is needed. */
function otherSide(error: ErrorCase, { source, node }: Placed<ExpressionNode>, need: Need): CodeLabel[] {
  const { parent } = node;
  if (parent?.kind !== "binary" || parent.operator !== "+" || parent.right !== node) return [];
  if (need === "number") return [label({ source, node: parent.left }, "this is a number, so numbers are added")];
  const origin = originOf(error, { source, node: parent.left }).place.node;
  const isText = origin.kind === "string";
  return isText ? [label({ source, node: parent.left }, "this is a string, so strings are joined")] : [];
}
