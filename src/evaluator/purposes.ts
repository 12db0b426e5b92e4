// What the error of a part of an expression says that the part was wanted for. Closures and generated JavaScript take the
// words from here, and so say the same.
import type { BinaryOperator } from "../parser/ast.ts";
import type { Builtin } from "../value/function.ts";
import type { Interpreter } from "./interpreter.ts";

export const branchPurpose = "while evaluating a branch condition";
export const assertPurpose = "in the condition of the assert statement";
export const partPurpose = "while evaluating a path segment";
export const additionPurpose = "in an operand of '+'";
export const targetPurpose = "while selecting an attribute";
export const queryPurpose = "in the argument of '?'";

/** What C++ Nix 2.34 calls the operators that it names. */
const oldNames: Readonly<Record<string, string>> = {
  "!": "the not operator",
  "//": "the update (//) operator",
  "&&": "the AND (&&) operator",
  "||": "the OR (||) operator",
  "->": "the IMPL (->) operator",
};

export function notPurpose(interpreter: Interpreter): string {
  return `in the argument of ${nameOf("!", interpreter)}`;
}

export function operandPurpose(side: "left" | "right", operator: BinaryOperator, interpreter: Interpreter): string {
  return `in the ${side} operand of ${nameOf(operator, interpreter)}`;
}

function nameOf(operator: BinaryOperator | "!", { hasNewMessages }: Interpreter): string {
  return (hasNewMessages ? undefined : oldNames[operator]) ?? `'${operator}'`;
}

export function builtinPurpose({ name }: Builtin): string {
  return `while calling the '${name}' builtin`;
}

/** `path` is as it is printed. */
export function attributePurpose(path: string): string {
  return `while evaluating the attribute '${path}'`;
}
