// Which position an error about an operand points to.
import type { Expr } from "../parser/ast.ts";
import { noPos, type Pos } from "../source/position.ts";
import type { Interpreter } from "./interpreter.ts";

/** The position that C++ Nix gives an expression as an operand: literals have none, some operators their first operand's. */
export function positionOf(expr: Expr, interpreter: Interpreter): Pos {
  switch (expr.kind) {
    case "int":
    case "float":
    case "string":
    case "path":
    case "let":
      return noPos;
    case "hasAttr":
    case "not":
      return positionOfFirst(expr, expr.expr, interpreter);
    case "list":
      return expr.items[0] === undefined ? noPos : positionOfFirst(expr, expr.items[0], interpreter);
    case "binary":
    case "select":
      return expr.isPlacedLate && !interpreter.hasNewMessages ? noPos : expr.pos;
    default:
      return expr.pos;
  }
}

/** Positions of nested expressions that all begin with the same operand: each is asked for, and each asks for the next. */
const nestedPositions = new WeakMap<Expr, Pos>();

function positionOfFirst(expr: Expr, first: Expr, interpreter: Interpreter): Pos {
  const isNested = first.kind === "not" || first.kind === "hasAttr" || first.kind === "list";
  if (!isNested) return positionOf(first, interpreter);
  let pos = nestedPositions.get(expr);
  if (pos === undefined) {
    pos = positionOf(first, interpreter);
    nestedPositions.set(expr, pos);
  }
  return pos;
}
