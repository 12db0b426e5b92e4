// The names that a variable could have meant: those that are bound where it stands. For suggestions only, so a file is
// parsed once more when an undefined variable is reported, and nothing is remembered before that.
import type { AttrName, AttrsExpr, Expr } from "../parser/ast.ts";
import type { Pos } from "../source/position.ts";

/** The names bound around the variable at a position, and the variable's own; undefined when there is none. */
export function namesInScope(
  expr: Expr,
  pos: Pos,
): { readonly name: string; readonly bound: ReadonlySet<string> } | undefined {
  return new ScopeSearch(pos).search(expr, new Set());
}

type Found = ReturnType<typeof namesInScope>;

class ScopeSearch {
  private readonly pos: Pos;

  constructor(pos: Pos) {
    this.pos = pos;
  }

  search(expr: Expr, bound: ReadonlySet<string>): Found {
    switch (expr.kind) {
      case "var":
        return expr.pos === this.pos ? { name: expr.name, bound } : undefined;
      case "int":
      case "float":
      case "string":
      case "path":
      case "curPos":
        return undefined;
      case "concatStrings":
        return this.searchAll(
          expr.parts.map((part) => part.expr),
          bound,
        );
      case "select":
        return this.searchAll(
          [expr.expr, ...dynamicNames(expr.path), ...(expr.fallback ? [expr.fallback] : [])],
          bound,
        );
      case "hasAttr":
        return this.searchAll([expr.expr, ...dynamicNames(expr.path)], bound);
      case "attrs":
        return this.searchAttrs(expr, bound);
      case "list":
        return this.searchAll(expr.items, bound);
      case "lambda": {
        const formals = expr.formals?.list ?? [];
        const inner = extend(bound, [
          ...(expr.param === undefined ? [] : [expr.param]),
          ...formals.map(({ name }) => name),
        ]);
        return this.searchAll([...formals.flatMap(({ fallback }) => fallback ?? []), expr.body], inner);
      }
      case "call":
        return this.searchAll([expr.fn, ...expr.args], bound);
      case "let":
        return this.searchAttrs(expr.attrs, bound) ?? this.search(expr.body, extend(bound, expr.attrs.attrs.keys()));
      case "with":
        return this.searchAll([expr.attrs, expr.body], bound);
      case "if":
        return this.searchAll([expr.condition, expr.then, expr.else], bound);
      case "assert":
        return this.searchAll([expr.condition, expr.body], bound);
      case "not":
        return this.search(expr.expr, bound);
      case "binary":
        return this.searchAll([expr.left, expr.right], bound);
    }
  }

  private searchAttrs(expr: AttrsExpr, outer: ReadonlySet<string>): Found {
    const inner = expr.recursive ? extend(outer, expr.attrs.keys()) : outer;
    for (const def of expr.attrs.values()) {
      if (def.kind === "inheritedFrom") continue;
      const found = this.search(def.value, def.kind === "inherited" ? outer : inner);
      if (found !== undefined) return found;
    }
    const dynamic = expr.dynamic.flatMap(({ name, value }) => [name, value]);
    return this.searchAll([...expr.inheritFrom, ...dynamic], inner);
  }

  private searchAll(exprs: readonly Expr[], bound: ReadonlySet<string>): Found {
    for (const expr of exprs) {
      const found = this.search(expr, bound);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

function dynamicNames(path: readonly AttrName[]): Expr[] {
  return path.flatMap((name) => (name.kind === "dynamic" ? [name.expr] : []));
}

function extend(bound: ReadonlySet<string>, names: Iterable<string>): ReadonlySet<string> {
  return new Set([...bound, ...names]);
}
