// Precedence climbing without recursion: operands and operators wait here until a weaker operator, or the end of the
// expression, decides what belongs together. One stack serves all nested expressions of a parse.
import { noPos, type Pos } from "../source/position.ts";
import type { AttrName, Expr } from "./ast.ts";
import { apply, hasAttrPrecedence, type Operator } from "./operators.ts";

/** Below the operators of one expression. */
const bottom: Operator = { precedence: -1, associativity: "none", build: (_pos, left) => left };

export class OperatorStack {
  private readonly operators: Operator[] = [];
  private readonly operatorPositions: Pos[] = [];
  private readonly operands: Expr[] = [];
  /** Where each operand begins, parentheses included. */
  private readonly operandPositions: Pos[] = [];
  /** Whether an argument may follow: not after `set ? path`. */
  canApply = true;

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
    this.canApply = true;
  }

  /** Applies the operand on top to an argument. */
  applyArgument(arg: Expr): void {
    const top = this.operands.length - 1;
    this.operands[top] = apply(this.operandPositions[top]!, this.operands[top]!, arg);
    this.canApply = true;
  }

  applyHasAttr(path: readonly AttrName[]): void {
    this.applyTighter(hasAttrPrecedence);
    const top = this.operands.length - 1;
    const expr = this.operands[top]!;
    this.operands[top] = { kind: "hasAttr", pos: expr.pos, expr, path };
    this.canApply = false;
  }

  /** Applies what binds tighter than this operator; false when it may not follow the one that then is before it. */
  admits({ precedence, associativity }: Operator): boolean {
    this.applyTighter(precedence);
    const before = this.top;
    if (before.precedence !== precedence) return true;
    if (associativity === "none" || before.associativity !== associativity) return false;
    if (associativity === "left") this.apply();
    return true;
  }

  private applyTighter(precedence: number): void {
    while (this.top.precedence > precedence) this.apply();
  }

  private get top(): Operator {
    return this.operators[this.operators.length - 1]!;
  }

  /** Applies what is left of this expression and gives it. */
  end(): Expr {
    while (this.top !== bottom) this.apply();
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
