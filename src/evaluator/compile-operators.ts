// Operators, string interpolation and assertions.
import type { AssertExpr, BinaryExpr, CallExpr, ConcatStringsExpr, Expr } from "../parser/ast.ts";
import { printExpr } from "../parser/print-expr.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos } from "../source/position.ts";
import { AttrSet } from "../value/attr-set.ts";
import type { Builtin } from "../value/function.ts";
import { isListValue, type NixList, type Value } from "../value/value.ts";
import { addBuiltinFrame, applyTwo } from "./call.ts";
import { areEqual, explainDifference } from "./comparison.ts";
import type { Compiler } from "./compile.ts";
import { Concatenation, ConcatenationSite } from "./concatenation.ts";
import type { Code, Environment } from "./environment.ts";
import { addFrame, expectList, wrongType } from "./expect.ts";
import { positionOf } from "./expr-position.ts";
import type { Interpreter } from "./interpreter.ts";
import { additionPurpose, assertPurpose, operandPurpose } from "./purposes.ts";

/**
 * The code of an expression that has to be a Boolean; its errors get a frame that says what it was wanted for. They point
 * to the expression; in C++ Nix 2.34 to `oldPos`.
 */
export function compileBoolean(compiler: Compiler, expr: Expr, oldPos: Pos, purpose: string): Code {
  const code = compiler.compile(expr);
  const { interpreter } = compiler;
  const pos = interpreter.hasNewMessages ? positionOf(expr, interpreter) : oldPos;
  return (environment) => {
    try {
      const value = code(environment);
      if (typeof value === "boolean") return value;
      throw wrongType(interpreter, "a Boolean", value, pos);
    } catch (error) {
      throw addFrame(error, purpose, pos);
    }
  };
}

/** The code of an operand whose errors get a frame that says so: in C++ Nix 2.36 only. */
function compileOperand(compiler: Compiler, expr: Expr, purpose: string): Code {
  const code = compiler.compile(expr);
  const { interpreter } = compiler;
  if (!interpreter.hasNewMessages || isHarmless(expr)) return code;
  const pos = positionOf(expr, interpreter);
  return (environment) => {
    try {
      return code(environment);
    } catch (error) {
      throw addFrame(error, purpose, pos);
    }
  };
}

/** Whether evaluating it cannot fail. */
export function isHarmless({ kind }: Expr): boolean {
  return kind === "string" || kind === "int" || kind === "float" || kind === "path" || kind === "lambda";
}

export function compileBinary(compiler: Compiler, expr: BinaryExpr): Code {
  const { interpreter } = compiler;
  const { operator } = expr;
  const pos = positionOf(expr, interpreter);
  switch (operator) {
    case "==":
    case "!=": {
      const left = compileOperand(compiler, expr.left, operandPurpose("left", operator, interpreter));
      const right = compileOperand(compiler, expr.right, operandPurpose("right", operator, interpreter));
      if (operator === "==") {
        return (environment) => areEqual(interpreter, left(environment), right(environment), pos);
      }
      return (environment) => !areEqual(interpreter, left(environment), right(environment), pos);
    }
    case "&&":
    case "||":
    case "->":
      return compileLogic(compiler, expr);
    case "//":
      return compileUpdate(compiler, expr);
    case "++": {
      const left = compileOperand(compiler, expr.left, operandPurpose("left", operator, interpreter));
      const right = compileOperand(compiler, expr.right, operandPurpose("right", operator, interpreter));
      return (environment) => concatenateLists(interpreter, left(environment), right(environment), pos);
    }
  }
}

/** `left ++ right` at `pos`. */
export function concatenateLists(interpreter: Interpreter, left: Value, right: Value, pos: Pos): NixList {
  const purpose = "while evaluating one of the elements to concatenate";
  const head = isListValue(left) ? left : expectList(interpreter, left, pos, purpose);
  const tail = isListValue(right) ? right : expectList(interpreter, right, pos, purpose);
  if (tail.length === 0) return head;
  if (head.length === 0) return tail;
  interpreter.memory.spend((head.length + tail.length) >> 3);
  return head.concat(tail);
}

function compileLogic(compiler: Compiler, { operator, left, right, pos }: BinaryExpr): Code {
  const { interpreter } = compiler;
  const first = compileBoolean(compiler, left, pos, operandPurpose("left", operator, interpreter));
  const second = compileBoolean(compiler, right, pos, operandPurpose("right", operator, interpreter));
  switch (operator) {
    case "&&":
      return (environment) => first(environment) && second(environment);
    case "||":
      return (environment) => first(environment) || second(environment);
    default:
      return (environment) => !first(environment) || second(environment);
  }
}

/** Operands that are updates themselves get no frame of their own. */
function compileUpdate(compiler: Compiler, { left, right }: BinaryExpr): (environment: Environment) => AttrSet {
  const operand = (expr: Expr, side: "left" | "right"): ((environment: Environment) => AttrSet) => {
    if (expr.kind === "binary" && expr.operator === "//") return compileUpdate(compiler, expr);
    const code = compiler.compile(expr);
    const { interpreter } = compiler;
    const pos = positionOf(expr, interpreter);
    const purpose = operandPurpose(side, "//", interpreter);
    return (environment) => {
      try {
        const value = code(environment);
        if (value instanceof AttrSet) return value;
        throw wrongType(interpreter, "a set", value, noPos);
      } catch (error) {
        throw addFrame(error, purpose, pos);
      }
    };
  };
  const first = operand(left, "left");
  const second = operand(right, "right");
  return (environment) => {
    // The right side first, as C++ Nix does.
    const added = second(environment);
    return first(environment).update(added);
  };
}

const arithmetic: ReadonlySet<string> = new Set(["__sub", "__mul", "__div", "__lessThan"]);

/** A call of what an operator stands for, when nothing shadows it. */
export function isArithmetic({ fn, args }: CallExpr): boolean {
  return fn.kind === "var" && args.length === 2 && fn.binding?.kind === "global" && arithmetic.has(fn.name);
}

/** A variable as an argument is forced by the function that it is given to, which knows no position. */
export function asArgument(expr: Expr): Expr {
  return expr.kind === "var" && expr.binding?.kind !== "with" ? { ...expr, pos: noPos } : expr;
}

/** Integers are computed here; everything else, and every error, is the builtin's. */
export function compileArithmetic(compiler: Compiler, expr: CallExpr, builtin: Builtin): Code {
  const { interpreter } = compiler;
  const { pos } = expr;
  const { name } = expr.fn as { readonly name: string };
  const left = compiler.compile(asArgument(expr.args[0] as Expr));
  const right = compiler.compile(asArgument(expr.args[1] as Expr));
  const operands = (onNumbers: (a: number, b: number) => Value | undefined): Code => {
    return (environment) => {
      let a: Value;
      let b: Value;
      if (interpreter.callDepth > interpreter.maxCallDepth) interpreter.checkDepth(pos);
      interpreter.callDepth++;
      try {
        a = left(environment);
        b = right(environment);
      } catch (error) {
        throw addBuiltinFrame(builtin, error, pos);
      }
      interpreter.callDepth--;
      if (typeof a === "number" && typeof b === "number") {
        const result = onNumbers(a, b);
        if (result !== undefined) return result;
      }
      return applyTwo(interpreter, builtin, a, b, pos);
    };
  };
  const safe = (result: number): number | undefined => (Number.isSafeInteger(result) ? result + 0 : undefined);
  switch (name) {
    case "__sub":
      return operands((a, b) => safe(a - b));
    case "__mul":
      return operands((a, b) => safe(a * b));
    case "__div":
      return operands((a, b) => (b === 0 ? undefined : Math.trunc(a / b) + 0));
    default:
      return operands((a, b) => a < b);
  }
}

/** `"${a}b"`, `./${a}` and `a + b`. */
export function compileConcatStrings(compiler: Compiler, expr: ConcatStringsExpr): Code {
  const { interpreter } = compiler;
  const site = new ConcatenationSite(interpreter, expr);
  const codes = expr.parts.map((part) => compileOperand(compiler, part.expr, additionPurpose));
  if (codes.length === 2 && !expr.forceString) return concatenateTwo(interpreter, site, codes[0]!, codes[1]!);
  return (environment) => {
    let text = "";
    let concatenation: Concatenation | undefined;
    let index = 0;
    try {
      for (; index < codes.length; index++) {
        const value = (codes[index] as Code)(environment);
        if (concatenation === undefined && typeof value === "string") {
          if (interpreter.callDepth > interpreter.maxCallDepth) site.checkDepth(index);
          text += value;
        } else {
          concatenation ??= new Concatenation(site, text);
          concatenation.add(index, value);
        }
      }
    } catch (error) {
      throw site.framed(error, index);
    }
    return concatenation === undefined ? text : concatenation.finish();
  };
}

function concatenateTwo(interpreter: Interpreter, site: ConcatenationSite, left: Code, right: Code): Code {
  return (environment) => {
    let concatenation: Concatenation | undefined;
    let index = 0;
    try {
      const first = left(environment);
      if (typeof first === "string") {
        if (interpreter.callDepth > interpreter.maxCallDepth) site.checkDepth(0);
      } else if (typeof first !== "number") {
        concatenation = new Concatenation(site, "");
        concatenation.add(0, first);
      }
      index = 1;
      const second = right(environment);
      if (concatenation === undefined) return site.concatenate(first as string | number, second);
      concatenation.add(1, second);
    } catch (error) {
      throw site.framed(error, index);
    }
    return concatenation.finish();
  };
}

/** What the error of a failed assertion is about. */
export interface FailedAssertion {
  readonly condition: Expr;
  /** The value of a part of the condition, once more. */
  evaluate(part: Expr): Value;
}

export function compileAssert(compiler: Compiler, expr: AssertExpr): Code {
  const condition = compileBoolean(compiler, expr.condition, expr.pos, assertPurpose);
  const body = compiler.compile(expr.body);
  return (environment) => {
    if (condition(environment)) return body(environment);
    throw assertionError(compiler, expr, environment);
  };
}

/** The error of an assertion whose condition is false: for `a == b`, what differs. */
export function assertionError(compiler: Compiler, expr: AssertExpr, environment: Environment): unknown {
  const { interpreter } = compiler;
  const { pos } = expr;
  const failed: FailedAssertion = {
    condition: expr.condition,
    evaluate: (part) => compiler.compile(part)(environment),
  };
  const shown = printExpr(expr.condition);
  if (expr.condition.kind === "binary" && expr.condition.operator === "==") {
    const { left, right } = expr.condition;
    try {
      const first = compiler.compile(left)(environment);
      const second = compiler.compile(right)(environment);
      explainDifference(interpreter, first, second, positionOf(expr.condition, interpreter));
    } catch (error) {
      if (error instanceof NixError && error.kind === "assert") {
        error.about(failed);
        error.addTrace(`while evaluating the condition of the assertion '${shown}'`, pos);
      }
      return error;
    }
  }
  return new NixError("assert", `assertion '${shown}' failed`, pos).about(failed);
}
