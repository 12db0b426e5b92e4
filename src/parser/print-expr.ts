// The syntax tree as text, to the byte what `nix-instantiate --parse` prints.
import { NixError } from "../source/nix-error.ts";
import { isStackOverflow } from "../source/stack-overflow.ts";
import { formatSignificant } from "../value/float-format.ts";
import { printAttrName, quoteString } from "../value/print.ts";
import { NixFloat } from "../value/value.ts";
import type { AttrName, AttrsExpr, Expr, LambdaExpr } from "./ast.ts";

/**
 * Everything in parentheses, attributes and formals sorted by name. A byte string without line end.
 * Throws a NixError of kind `stackOverflow` when the tree is too deep for the stack.
 */
export function printExpr(expr: Expr): string {
  const printer = new ExprPrinter();
  try {
    printer.print(expr);
  } catch (error) {
    if (!isStackOverflow(error)) throw error;
    throw new NixError("stackOverflow", "stack overflow; the expression is nested too deeply");
  }
  return printer.pieces.join("");
}

/** `a.b."${…}"` */
export function printAttrPath(path: readonly AttrName[]): string {
  const printer = new ExprPrinter();
  printer.printPath(path);
  return printer.pieces.join("");
}

class ExprPrinter {
  readonly pieces: string[] = [];

  private write(...texts: string[]): void {
    this.pieces.push(...texts);
  }

  print(expr: Expr): void {
    switch (expr.kind) {
      case "int":
        this.write(String(expr.value));
        break;
      case "float":
        this.write(formatSignificant(new NixFloat(expr.value)));
        break;
      case "string":
        this.write(quoteString(expr.value));
        break;
      case "path":
        this.write(expr.value);
        break;
      case "var":
        this.write(printAttrName(expr.name));
        break;
      case "curPos":
        this.write("__curPos");
        break;
      case "concatStrings":
        this.write("(");
        for (const [index, part] of expr.parts.entries()) {
          if (index > 0) this.write(" + ");
          this.print(part.expr);
        }
        this.write(")");
        break;
      case "select":
        this.write("(");
        this.print(expr.expr);
        this.write(").");
        this.printPath(expr.path);
        if (expr.fallback !== undefined) {
          this.write(" or (");
          this.print(expr.fallback);
          this.write(")");
        }
        break;
      case "hasAttr":
        this.write("((");
        this.print(expr.expr);
        this.write(") ? ");
        this.printPath(expr.path);
        this.write(")");
        break;
      case "attrs":
        this.write(expr.recursive ? "rec { " : "{ ");
        this.printBindings(expr);
        this.write("}");
        break;
      case "list":
        this.write("[ ");
        for (const item of expr.items) {
          this.write("(");
          this.print(item);
          this.write(") ");
        }
        this.write("]");
        break;
      case "lambda":
        this.printLambda(expr);
        break;
      case "call":
        this.write("(");
        this.print(expr.fn);
        for (const arg of expr.args) {
          this.write(" ");
          this.print(arg);
        }
        this.write(")");
        break;
      case "let":
        this.write("(let ");
        this.printBindings(expr.attrs);
        this.write("in ");
        this.print(expr.body);
        this.write(")");
        break;
      case "with":
        this.write("(with ");
        this.print(expr.attrs);
        this.write("; ");
        this.print(expr.body);
        this.write(")");
        break;
      case "if":
        this.write("(if ");
        this.print(expr.condition);
        this.write(" then ");
        this.print(expr.then);
        this.write(" else ");
        this.print(expr.else);
        this.write(")");
        break;
      case "assert":
        this.write("assert ");
        this.print(expr.condition);
        this.write("; ");
        this.print(expr.body);
        break;
      case "not":
        this.write("(! ");
        this.print(expr.expr);
        this.write(")");
        break;
      case "binary":
        this.write("(");
        this.print(expr.left);
        this.write(` ${expr.operator} `);
        this.print(expr.right);
        this.write(")");
        break;
    }
  }

  printPath(path: readonly AttrName[]): void {
    for (const [index, step] of path.entries()) {
      if (index > 0) this.write(".");
      if (step.kind === "static") this.write(printAttrName(step.name));
      else this.printInterpolation(step.expr);
    }
  }

  private printInterpolation(expr: Expr): void {
    this.write('"${');
    this.print(expr);
    this.write('}"');
  }

  private printBindings(set: AttrsExpr): void {
    const sorted = Array.from(set.attrs).sort(([a], [b]) => (a < b ? -1 : 1));
    const inherited: string[] = [];
    const inheritedFrom: string[][] = set.inheritFrom.map(() => []);
    for (const [name, def] of sorted) {
      if (def.kind === "inherited") inherited.push(name);
      else if (def.kind === "inheritedFrom") inheritedFrom[def.from]!.push(name);
    }
    if (inherited.length > 0) this.write("inherit", ...inherited.map((name) => ` ${printAttrName(name)}`), "; ");
    for (const [index, names] of inheritedFrom.entries()) {
      if (names.length === 0) continue;
      this.write("inherit (");
      this.print(set.inheritFrom[index]!);
      this.write(")", ...names.map((name) => ` ${printAttrName(name)}`), "; ");
    }
    for (const [name, def] of sorted) {
      if (def.kind !== "plain") continue;
      this.write(printAttrName(name), " = ");
      this.print(def.value);
      this.write("; ");
    }
    for (const { name, value } of set.dynamic) {
      this.printInterpolation(name);
      this.write(" = ");
      this.print(value);
      this.write("; ");
    }
  }

  private printLambda({ param, formals, body }: LambdaExpr): void {
    this.write("(");
    if (formals !== undefined) {
      this.write("{ ");
      const sorted = formals.list.toSorted((a, b) => (a.name < b.name ? -1 : 1));
      for (const [index, { name, fallback }] of sorted.entries()) {
        if (index > 0) this.write(", ");
        this.write(printAttrName(name));
        if (fallback !== undefined) {
          this.write(" ? ");
          this.print(fallback);
        }
      }
      if (formals.ellipsis) this.write(sorted.length > 0 ? ", ..." : "...");
      this.write(" }");
      if (param !== undefined) this.write(" @ ");
    }
    if (param !== undefined) this.write(printAttrName(param));
    this.write(": ");
    this.print(body);
    this.write(")");
  }
}
