// A failed `assert`: which part of the condition was false, and the values that were compared.
import type { FailedAssertion } from "../evaluator/compile-operators.ts";
import type { Expr } from "../parser/ast.ts";
import { AttrSet } from "../value/attr-set.ts";
import { printAttrName } from "../value/print.ts";
import type { CodeLabel, Explanation } from "./diagnostic.ts";
import { type ErrorCase, label, type Placed } from "./error-case.ts";
import { listed, nearNames, oneOf } from "./near-names.ts";
import type { ExpressionNode } from "./syntax-node.ts";
import { bare } from "./syntax-search.ts";

export function explainAssertion(error: ErrorCase): Explanation | undefined {
  const pos = error.trace.find(({ message }) =>
    message.startsWith("while evaluating the condition of the assertion"),
  )?.pos;
  const found = error.nodeAt(error.innerPos, "assert") ?? (pos === undefined ? undefined : error.nodeAt(pos, "assert"));
  if (found === undefined) return undefined;
  const { source, node } = found;
  const condition = { source, node: node.condition };
  const failed = error.subject as FailedAssertion | undefined;
  if (typeof failed?.evaluate !== "function") return { primary: label(condition, "this is false") };
  return new Inquiry(error, failed).explain(condition);
}

class Inquiry {
  private readonly error: ErrorCase;
  private readonly failed: FailedAssertion;
  private readonly labels: CodeLabel[] = [];
  private readonly notes: string[] = [];

  constructor(error: ErrorCase, failed: FailedAssertion) {
    this.error = error;
    this.failed = failed;
  }

  explain(condition: Placed<ExpressionNode>): Explanation {
    const culprit = this.narrow(condition, this.failed.condition, false);
    this.showOperands(culprit.place, culprit.expr);
    return {
      primary: label(culprit.place, culprit.isTrue ? "this is true, and `!` makes it false" : "this is false"),
      labels: this.labels,
      notes: this.notes,
    };
  }

  /** The part that decided: both syntaxes of the condition are followed side by side. */
  private narrow(
    place: Placed<ExpressionNode>,
    expr: Expr,
    isTrue: boolean,
  ): { readonly place: Placed<ExpressionNode>; readonly expr: Expr; readonly isTrue: boolean } {
    const { source } = place;
    const node = bare(place.node);
    if (node.kind === "binary" && expr.kind === "binary") {
      if (node.operator === "&&" && !isTrue) {
        const isLeft = this.value(expr.left) === false;
        return isLeft
          ? this.narrow({ source, node: node.left }, expr.left, false)
          : this.narrow({ source, node: node.right }, expr.right, false);
      }
      if (node.operator === "->" && !isTrue) {
        this.labels.push(label({ source, node: node.left }, "this is true"));
        return this.narrow({ source, node: node.right }, expr.right, false);
      }
    }
    const isComparison = expr.kind === "not" && node.kind === "binary";
    if (node.kind === "unary" && node.operator === "!" && expr.kind === "not" && !isComparison) {
      return this.narrow({ source, node: node.operand }, expr.expr, !isTrue);
    }
    return { place: { source, node }, expr, isTrue };
  }

  private showOperands({ source, node }: Placed<ExpressionNode>, expr: Expr): void {
    if (node.kind === "binary") {
      const sides = operandsOf(node.operator, expr);
      if (sides === undefined) return;
      this.showValue({ source, node: node.left }, sides[0]);
      this.showValue({ source, node: node.right }, sides[1]);
    } else if (node.kind === "hasAttr" && expr.kind === "hasAttr") {
      const set = this.value(expr.expr);
      const name = node.path[0]?.name;
      if (!(set instanceof AttrSet) || name === undefined || node.path.length > 1) return;
      this.notes.push(`the set has: ${listed(set.names.map(printAttrName))}`);
      const near = nearNames(set.names, name);
      if (near.length > 0) this.notes.push(`did you mean ${oneOf(near)}?`);
    } else if (node.kind === "call" && expr.kind === "call" && node.args.length === expr.args.length) {
      for (const [index, argument] of node.args.entries())
        this.showValue({ source, node: argument }, expr.args[index]!);
    }
  }

  private showValue(place: Placed<ExpressionNode>, expr: Expr): void {
    const { kind } = bare(place.node);
    // What is written out can be seen.
    if (["number", "string", "path", "list", "attrs", "lambda"].includes(kind)) return;
    const value = this.value(expr);
    if (value !== undefined) this.labels.push(label(place, this.error.describe(value)));
  }

  /** The value of a part of the condition; undefined when it cannot be had. */
  private value(expr: Expr) {
    const { interpreter } = this.error;
    const { callDepth } = interpreter;
    try {
      return this.failed.evaluate(expr);
    } catch {
      // The condition did not need this part, and it has a mistake of its own.
      return undefined;
    } finally {
      interpreter.callDepth = callDepth;
    }
  }
}

/** The operands of a comparison; some operators are calls in the other syntax, some with their operands swapped. */
function operandsOf(operator: string, expr: Expr): readonly [Expr, Expr] | undefined {
  if (expr.kind === "binary") return [expr.left, expr.right];
  const call = expr.kind === "not" ? expr.expr : expr;
  if (call.kind !== "call" || call.args.length !== 2) return undefined;
  const [first, second] = call.args as [Expr, Expr];
  return operator === ">" || operator === "<=" ? [second, first] : [first, second];
}
