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
      return positionOf(expr.expr, interpreter);
    case "list":
      return expr.items[0] === undefined ? noPos : positionOf(expr.items[0], interpreter);
    case "binary":
    case "select":
      return expr.isPlacedLate && !interpreter.hasNewMessages ? noPos : expr.pos;
    default:
      return expr.pos;
  }
}
