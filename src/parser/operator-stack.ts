// Precedence climbing without recursion: operands and operators wait here until a weaker operator, or the end of the
// expression, decides what belongs together. One stack serves all nested expressions of a parse.
import { noPos, type Pos } from "../source/position.ts";
import type { Expr } from "./ast.ts";
import type { Operator } from "./operators.ts";

/** Below the operators of one expression. */
const bottom: Operator = { precedence: -1, associativity: "none", build: (_pos, left) => left };

export class OperatorStack {
  private readonly operators: Operator[] = [];
  private readonly operatorPositions: Pos[] = [];
  private readonly operands: Expr[] = [];
  /** Where each operand begins, parentheses included. */
  private readonly operandPositions: Pos[] = [];

  begin(): void {
    this.pushOperator(bottom, noPos);
  }

  pushOperator(operator: Operator, pos: Pos): void {
    this.operators.push(operator);
    this.operatorPositions.push(pos);
  }

  pushOperand(expr: Expr, pos: Pos): void {
    this.operands.push(expr);
    this.operandPositions.push(pos);
  }

  get topOperand(): Expr {
    return this.operands[this.operands.length - 1]!;
  }

  get topOperandPos(): Pos {
    return this.operandPositions[this.operandPositions.length - 1]!;
  }

  replaceTopOperand(expr: Expr): void {
    this.operands[this.operands.length - 1] = expr;
  }

  /** Applies the operators that bind tighter than a new one of this precedence, or as tight if it is left-associative. */
  reduce(precedence: number, isLeft: boolean): void {
    for (;;) {
      const top = this.operators[this.operators.length - 1]!.precedence;
      if (top < precedence || (top === precedence && !isLeft)) return;
      this.apply();
    }
  }

  /** Whether the operator that waits on top has this precedence. */
  isOnTop(precedence: number): boolean {
    return this.operators[this.operators.length - 1]!.precedence === precedence;
  }

  /** Applies what is left of this expression and gives it. */
  end(): Expr {
    while (this.operators[this.operators.length - 1] !== bottom) this.apply();
    this.operators.pop();
    this.operatorPositions.pop();
    this.operandPositions.pop();
    return this.operands.pop()!;
  }

  private apply(): void {
    const operator = this.operators.pop()!;
    const pos = this.operatorPositions.pop()!;
    const right = this.operands.pop()!;
    const rightPos = this.operandPositions.pop()!;
    if (operator.associativity === "prefix") {
      this.pushOperand(operator.build(pos, right, right, rightPos, rightPos), pos);
      return;
    }
    const left = this.operands.pop()!;
    const leftPos = this.operandPositions.pop()!;
    this.pushOperand(operator.build(pos, left, right, leftPos, rightPos), leftPos);
  }
}
