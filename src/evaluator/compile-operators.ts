// Operators, string interpolation and assertions.
import type { AssertExpr, BinaryExpr, CallExpr, ConcatStringsExpr, Expr } from "../parser/ast.ts";
import { printExpr } from "../parser/print-expr.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos } from "../source/position.ts";
import { AttrSet } from "../value/attr-set.ts";
import type { Builtin } from "../value/function.ts";
import { describeType } from "../value/print.ts";
import { ContextString, stringWithContext } from "../value/string-context.ts";
import { isInt, isListValue, NixFloat, NixPath, type Value } from "../value/value.ts";
import { addition, calculate, type NixNumber } from "./arithmetic.ts";
import { addBuiltinFrame, applyTwo } from "./call.ts";
import { type CoerceOptions, ContextCollector, coerceToString } from "./coerce.ts";
import { areEqual, explainDifference } from "./comparison.ts";
import type { Compiler } from "./compile.ts";
import type { Code, Environment } from "./environment.ts";
import { addFrame, expectList, wrongType } from "./expect.ts";
import { positionOf } from "./expr-position.ts";
import { canonicalPath } from "./path.ts";

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
function isHarmless({ kind }: Expr): boolean {
  return kind === "string" || kind === "int" || kind === "float" || kind === "path" || kind === "lambda";
}

export function compileBinary(compiler: Compiler, expr: BinaryExpr): Code {
  const { interpreter } = compiler;
  const { operator } = expr;
  const pos = positionOf(expr, interpreter);
  switch (operator) {
    case "==":
    case "!=": {
      const left = compileOperand(compiler, expr.left, `in the left operand of '${operator}'`);
      const right = compileOperand(compiler, expr.right, `in the right operand of '${operator}'`);
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
      const left = compileOperand(compiler, expr.left, "in the left operand of '++'");
      const right = compileOperand(compiler, expr.right, "in the right operand of '++'");
      const purpose = "while evaluating one of the elements to concatenate";
      return (environment) => {
        const first = left(environment);
        const second = right(environment);
        const head = isListValue(first) ? first : expectList(interpreter, first, pos, purpose);
        const tail = isListValue(second) ? second : expectList(interpreter, second, pos, purpose);
        if (tail.length === 0) return head;
        if (head.length === 0) return tail;
        interpreter.memory.spend((head.length + tail.length) >> 3);
        return head.concat(tail);
      };
    }
  }
}

function compileLogic(compiler: Compiler, { operator, left, right, pos }: BinaryExpr): Code {
  const oldName = { "&&": "AND (&&)", "||": "OR (||)", "->": "IMPL (->)" }[operator as "&&" | "||" | "->"];
  const name = compiler.interpreter.hasNewMessages ? `'${operator}'` : `the ${oldName} operator`;
  const first = compileBoolean(compiler, left, pos, `in the left operand of ${name}`);
  const second = compileBoolean(compiler, right, pos, `in the right operand of ${name}`);
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
  const operand = (expr: Expr, side: string): ((environment: Environment) => AttrSet) => {
    if (expr.kind === "binary" && expr.operator === "//") return compileUpdate(compiler, expr);
    const code = compiler.compile(expr);
    const { interpreter } = compiler;
    const pos = positionOf(expr, interpreter);
    const purpose = `in the ${side} operand of ${interpreter.hasNewMessages ? "'//'" : "the update (//) operator"}`;
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
function asArgument(expr: Expr): Expr {
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

const copied: CoerceOptions = { coerceMore: false, copyToStore: true };
const notCopied: CoerceOptions = { coerceMore: false, copyToStore: false };

/** `"${a}b"`, `./${a}` and `a + b`: what the first part is decides whether numbers, paths or strings are added. */
export function compileConcatStrings(compiler: Compiler, expr: ConcatStringsExpr): Code {
  const { interpreter } = compiler;
  const operand = "in an operand of '+'";
  const parts = expr.parts.map((part) => ({ pos: part.pos, code: compileOperand(compiler, part.expr, operand) }));
  const { pos, forceString } = expr;
  const purpose = "while evaluating a path segment";
  return (environment) => {
    let text = "";
    let number: NixNumber | undefined;
    let isPath = false;
    let options = copied;
    let collector: ContextCollector | undefined;
    let current = noPos;
    try {
      for (let i = 0; i < parts.length; i++) {
        const part = parts[i] as { readonly pos: Pos; readonly code: Code };
        current = part.pos;
        const value = part.code(environment);
        if (typeof value === "string" && number === undefined) {
          // Text is asked for as text too.
          if (interpreter.callDepth > interpreter.maxCallDepth) interpreter.checkDepth(part.pos);
          text += value;
          continue;
        }
        if (i === 0 && !forceString) {
          if (isInt(value) || value instanceof NixFloat) {
            number = value;
            continue;
          }
          if (value instanceof NixPath) {
            isPath = true;
            options = notCopied;
            text = value.path;
            continue;
          }
          // After a set that stands for a string, paths are not copied: test/lang/okay/files-path-after-set.
          if (!(value instanceof ContextString)) options = notCopied;
        }
        if (number !== undefined) {
          if (!(isInt(value) || value instanceof NixFloat)) {
            const kind = isInt(number) ? "an integer" : "a float";
            throw new NixError("eval", `cannot add ${describeType(value)} to ${kind}`, part.pos).about(value);
          }
          number = calculate(addition, number, value, part.pos);
          continue;
        }
        collector ??= new ContextCollector();
        if (value instanceof ContextString) {
          collector.add(value.context);
          text += value.text;
        } else text += coerceToString(interpreter, value, part.pos, collector, purpose, options);
      }
    } catch (error) {
      if (error instanceof NixError) error.addTrace(purpose, current, { hint: true });
      throw error;
    }
    if (number !== undefined) return number;
    if (!isPath) return collector === undefined ? text : stringWithContext(text, collector.context);
    if (collector !== undefined && !collector.context.isEmpty) {
      throw new NixError("eval", "a string that refers to a store path cannot be appended to a path", pos);
    }
    return new NixPath(canonicalPath(text));
  };
}

/** What the error of a failed assertion is about. */
export interface FailedAssertion {
  readonly condition: Expr;
  /** The value of a part of the condition, once more. */
  evaluate(part: Expr): Value;
}

export function compileAssert(compiler: Compiler, expr: AssertExpr): Code {
  const { interpreter } = compiler;
  const { pos } = expr;
  const condition = compileBoolean(compiler, expr.condition, pos, "in the condition of the assert statement");
  const body = compiler.compile(expr.body);
  const failed = (environment: Environment): FailedAssertion => ({
    condition: expr.condition,
    evaluate: (part) => compiler.compile(part)(environment),
  });
  return (environment) => {
    if (condition(environment)) return body(environment);
    const shown = printExpr(expr.condition);
    if (expr.condition.kind === "binary" && expr.condition.operator === "==") {
      const { left, right } = expr.condition;
      try {
        const first = compiler.compile(left)(environment);
        const second = compiler.compile(right)(environment);
        explainDifference(interpreter, first, second, positionOf(expr.condition, interpreter));
      } catch (error) {
        if (error instanceof NixError && error.kind === "assert") {
          error.about(failed(environment));
          error.addTrace(`while evaluating the condition of the assertion '${shown}'`, pos);
        }
        throw error;
      }
    }
    throw new NixError("assert", `assertion '${shown}' failed`, pos).about(failed(environment));
  };
}
