// Divisions by zero and integers that are too large.
import type { Explanation } from "./diagnostic.ts";
import { type ErrorCase, label, type Placed } from "./error-case.ts";
import type { BinaryNode } from "./syntax-node.ts";
import { bare } from "./syntax-search.ts";
import { originOf } from "./value-origin.ts";

export function explainDivision(error: ErrorCase): Explanation | undefined {
  const operator = operatorOf(error);
  const call = error.positions.map((pos) => error.callAt(pos)).find((found) => found?.node.args.length === 2);
  const right = operator === undefined ? call?.node.args[1] : operator.node.right;
  const source = (operator ?? call)?.source;
  if (source === undefined || right === undefined) return undefined;
  const divisor = { source, node: right };
  const origin = originOf(error, divisor);
  const isWritten = origin.isElsewhere && origin.place.node.kind === "number";
  return {
    primary: label(divisor, "this is zero"),
    labels: isWritten ? [label(origin.place, "the zero is written here")] : [],
    suggestions: bare(right).kind === "number" ? [] : [{ text: "test it first: `if divisor == 0 then ... else ...`" }],
  };
}

export function explainOverflow(error: ErrorCase): Explanation | undefined {
  const operator = operatorOf(error);
  const primary = operator === undefined ? undefined : label(operator, "the result does not fit into 64 bits");
  return {
    primary,
    notes: ["integers go from -9223372036854775808 to 9223372036854775807"],
    suggestions: [{ text: "floats have no such limit, but only 15 exact digits: write one of the numbers as 1.0" }],
  };
}

function operatorOf(error: ErrorCase): Placed<BinaryNode> | undefined {
  for (const pos of error.positions) {
    const found = error.operatorAt(pos) ?? sumEndingAt(error, pos);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** An addition has the position of its second operand. */
function sumEndingAt(error: ErrorCase, pos: number): Placed<BinaryNode> | undefined {
  const found = error.expressionAt(pos);
  const parent = found?.node.parent;
  return found !== undefined && parent?.kind === "binary" && parent.operator === "+"
    ? { source: found.source, node: parent }
    : undefined;
}
