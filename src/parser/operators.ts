// Operators by precedence and associativity, and the syntax that each of them stands for.
import { noPos, type Pos } from "../source/position.ts";
import type { BinaryOperator, CallExpr, Expr } from "./ast.ts";

export interface Operator {
  readonly precedence: number;
  readonly associativity: "left" | "right" | "none" | "prefix";
  /** Builds the expression; `left` is the operand itself for a prefix operator. */
  build(pos: Pos, left: Expr, right: Expr, leftPos: Pos, rightPos: Pos): Expr;
}

function binary(operator: BinaryOperator): Operator["build"] {
  return (pos, left, right) => ({ kind: "binary", pos, operator, left, right });
}

function equality(operator: "==" | "!="): Operator["build"] {
  return (pos, left, right) => ({ kind: "binary", pos, isPlacedLate: true, operator, left, right });
}

/** `a - b` is `__sub a b`: a program may define `__sub`. */
function call(pos: Pos, name: string, left: Expr, right: Expr): CallExpr {
  return { kind: "call", pos, fn: { kind: "var", pos: noPos, name }, args: [left, right] };
}

/** A function application: arguments of a call that is applied again are added to it. */
export function apply(pos: Pos, fn: Expr, arg: Expr): Expr {
  if (fn.kind !== "call") return { kind: "call", pos, fn, args: [arg] };
  (fn.args as Expr[]).push(arg);
  return fn;
}

function negation(expr: Expr): Expr {
  return { kind: "not", pos: expr.pos, expr };
}

function define(precedence: number, associativity: Operator["associativity"], build: Operator["build"]): Operator {
  return { precedence, associativity, build };
}

export const binaryOperators: ReadonlyMap<string, Operator> = new Map([
  ["|>", define(0, "left", (pos, left, right) => apply(pos, right, left))],
  ["<|", define(0, "right", (pos, left, right) => apply(pos, left, right))],
  ["->", define(1, "right", binary("->"))],
  ["||", define(2, "left", binary("||"))],
  ["&&", define(3, "left", binary("&&"))],
  ["==", define(4, "none", equality("=="))],
  ["!=", define(4, "none", equality("!="))],
  ["<", define(5, "none", (pos, left, right) => call(pos, "__lessThan", left, right))],
  [">", define(5, "none", (pos, left, right) => call(pos, "__lessThan", right, left))],
  ["<=", define(5, "none", (pos, left, right) => negation(call(pos, "__lessThan", right, left)))],
  [">=", define(5, "none", (pos, left, right) => negation(call(pos, "__lessThan", left, right)))],
  ["//", define(6, "right", binary("//"))],
  ["+", define(8, "left", addition)],
  ["-", define(8, "left", (pos, left, right) => call(pos, "__sub", left, right))],
  ["*", define(9, "left", (pos, left, right) => call(pos, "__mul", left, right))],
  ["/", define(9, "left", (pos, left, right) => call(pos, "__div", left, right))],
  ["++", define(10, "right", binary("++"))],
]);

export const notOperator: Operator = define(7, "prefix", (_pos, operand) => negation(operand));

/** Of `set ? path`, which has no operator on its right side. */
export const hasAttrPrecedence = 11;

export const negationOperator: Operator = define(12, "prefix", (pos, operand) =>
  call(pos, "__sub", { kind: "int", pos: noPos, value: 0 }, operand),
);

function addition(pos: Pos, left: Expr, right: Expr, leftPos: Pos, rightPos: Pos): Expr {
  const parts = [
    { pos: leftPos, expr: left },
    { pos: rightPos, expr: right },
  ];
  return { kind: "concatStrings", pos, forceString: false, parts };
}
