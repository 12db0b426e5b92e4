// Expressions as they would be written with something around them: parentheses only where they are needed.

import type { Suggestion } from "./diagnostic.ts";
import { type Placed, rangeOf, textOfNode } from "./error-case.ts";
import type { ExpressionNode, SyntaxNode } from "./syntax-node.ts";

/** `fn node`, in place of the node. */
export function wrappedInCall(placed: Placed<ExpressionNode>, fn: string): string {
  return inPlaceOf(placed.node, `${fn} ${asOperand(placed)}`);
}

/** The text of an expression, in parentheses unless it is an operand by itself. */
export function asOperand(placed: Placed<ExpressionNode>): string {
  const text = textOfNode(placed);
  return isOperand(placed.node) ? text : `(${text})`;
}

/** A call's or an operator's text, in parentheses where the node that it replaces needs an operand. */
export function inPlaceOf(node: SyntaxNode, text: string): string {
  return needsOperand(node) ? `(${text})` : text;
}

export function suggestReplacing(placed: Placed, replacement: string, text: string): Suggestion {
  return { text, edit: { range: rangeOf(placed), replacement } };
}

function isOperand({ kind }: ExpressionNode): boolean {
  switch (kind) {
    case "call":
    case "hasAttr":
    case "lambda":
    case "let":
    case "with":
    case "if":
    case "assert":
    case "unary":
    case "binary":
      return false;
    default:
      return true;
  }
}

function needsOperand(node: SyntaxNode): boolean {
  const { parent } = node;
  if (parent === undefined) return false;
  switch (parent.kind) {
    case "call":
    case "list":
      return true;
    case "select":
      return parent.target === node || parent.fallback === node;
    default:
      return false;
  }
}
