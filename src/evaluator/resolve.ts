// Scope resolution: one walk over a parsed file that tells every variable where its value will be, and every binding
// construct where to put its own, so that nothing is looked up by name at run time but what `with` hides. Variables of
// `let`, `rec` and `with` share the environment of the call they belong to, unless their evaluation is delayed.
import type { AttrDef, AttrsExpr, Expr, Frame, LambdaExpr, Layout, VarExpr, WithReference } from "../parser/ast.ts";
import { NixError } from "../source/nix-error.ts";
import type { Pos } from "../source/position.ts";
import type { SymbolTable } from "../source/symbol-table.ts";
import { printAttrName } from "../value/print.ts";

/** What a file's names mean outside of everything the file itself binds. */
export interface OuterNames {
  isGlobal(name: string): boolean;
  /** Names of the outermost scope (`scopedImport`), in order of their slots from 1. */
  readonly scope: readonly string[];
  /** Whether a name that means nothing else is looked up when it is needed (in the prelude), and is no error before. */
  isInPrelude(name: string): boolean;
}

class Scope {
  readonly parent: Scope | undefined;
  readonly frame: Frame;
  readonly names: ReadonlyMap<string, number> | undefined;
  readonly withRef: { readonly slot: number; readonly pos: Pos } | undefined;

  constructor(
    parent: Scope | undefined,
    frame: Frame,
    names: ReadonlyMap<string, number> | undefined,
    withRef?: { readonly slot: number; readonly pos: Pos },
  ) {
    this.parent = parent;
    this.frame = frame;
    this.names = names;
    this.withRef = withRef;
  }
}

/** Beyond this, more variables get an environment of their own: most calls would only fill it with nothing. */
const maxSharedFrame = 24;

/** Resolves a whole file and gives its outermost environment's layout. Throws NixError for an undefined variable. */
export function resolveNames(expr: Expr, outer: OuterNames, symbols: SymbolTable): Frame {
  const frame: Frame = { size: 1 + outer.scope.length };
  const names = outer.scope.length === 0 ? undefined : new Map(outer.scope.map((name, index) => [name, index + 1]));
  const scope = new Scope(undefined, frame, names);
  try {
    new Resolver(outer, undefined).resolve(expr, scope, true);
  } catch (error) {
    // Of several undefined variables the one is reported that C++ Nix meets first.
    if (error instanceof NixError) new Resolver(outer, symbols).resolve(expr, scope, true);
    throw error;
  }
  return frame;
}

class Resolver {
  private readonly outer: OuterNames;
  /** Set where attributes and formals have to be walked in the order of C++ Nix, not just in any. */
  private readonly symbols: SymbolTable | undefined;

  constructor(outer: OuterNames, symbols: SymbolTable | undefined) {
    this.outer = outer;
    this.symbols = symbols;
  }

  private inOrder<T>(items: readonly T[], nameOf: (item: T) => string): readonly T[] {
    return this.symbols?.order(items.map(nameOf)).map((index) => items[index] as T) ?? items;
  }

  private definitions({ attrs }: AttrsExpr): Iterable<AttrDef> {
    if (this.symbols === undefined) return attrs.values();
    return this.inOrder([...attrs], ([name]) => name).map(([, def]) => def);
  }

  /** `strict`: the expression is evaluated as part of what made the scope's environment, once. */
  resolve(expr: Expr, scope: Scope, strict: boolean): void {
    switch (expr.kind) {
      case "int":
      case "float":
      case "string":
      case "path":
      case "curPos":
        return;
      case "var":
        this.resolveVar(expr, scope);
        return;
      case "concatStrings":
        for (const part of expr.parts) this.resolve(part.expr, scope, strict);
        return;
      case "select":
        this.resolve(expr.expr, scope, strict);
        if (expr.fallback !== undefined) this.resolve(expr.fallback, scope, strict);
        for (const name of expr.path) if (name.kind === "dynamic") this.resolve(name.expr, scope, false);
        return;
      case "hasAttr":
        this.resolve(expr.expr, scope, strict);
        for (const name of expr.path) if (name.kind === "dynamic") this.resolve(name.expr, scope, strict);
        return;
      case "attrs":
        this.resolveAttrs(expr, scope, strict);
        return;
      case "list":
        for (const item of expr.items) this.resolve(item, scope, false);
        return;
      case "lambda":
        this.resolveLambda(expr, scope);
        return;
      case "call":
        this.resolve(expr.fn, scope, strict);
        // Operands of `-` and its kin are evaluated in place, whatever they are: no variables may be put aside.
        for (const arg of expr.args) this.resolve(arg, scope, false);
        return;
      case "let": {
        const inner = this.bind(expr.attrs, scope, strict);
        this.resolve(expr.body, inner, true);
        return;
      }
      case "with": {
        this.resolve(expr.attrs, scope, false);
        const layout = allocate(scope, 1, strict);
        expr.layout = layout;
        const withRef = { slot: layout.firstSlot, pos: expr.pos };
        this.resolve(expr.body, new Scope(scope, layout.frame ?? scope.frame, undefined, withRef), true);
        return;
      }
      case "if":
        this.resolve(expr.condition, scope, strict);
        this.resolve(expr.then, scope, strict);
        this.resolve(expr.else, scope, strict);
        return;
      case "assert":
        this.resolve(expr.condition, scope, strict);
        this.resolve(expr.body, scope, strict);
        return;
      case "not":
        this.resolve(expr.expr, scope, strict);
        return;
      case "binary":
        this.resolve(expr.left, scope, strict);
        this.resolve(expr.right, scope, strict);
        return;
    }
  }

  private resolveVar(expr: VarExpr, start: Scope): void {
    const { name } = expr;
    let depth = 0;
    let withs: WithReference[] | undefined;
    for (let scope: Scope | undefined = start; scope !== undefined; scope = scope.parent) {
      const slot = scope.names?.get(name);
      if (slot !== undefined) {
        expr.binding = { kind: "slot", depth, slot };
        return;
      }
      if (scope.withRef !== undefined) {
        withs ??= [];
        withs.push({ depth, ...scope.withRef });
      }
      if (scope.parent !== undefined && scope.parent.frame !== scope.frame) depth++;
    }
    if (this.outer.isGlobal(name)) expr.binding = { kind: "global" };
    else if (withs !== undefined || this.outer.isInPrelude(name)) expr.binding = { kind: "with", withs: withs ?? [] };
    else throw undefinedVariable(name, expr.pos);
  }

  private resolveAttrs(expr: AttrsExpr, scope: Scope, strict: boolean): void {
    if (expr.recursive) {
      this.bind(expr, scope, strict);
      return;
    }
    for (const from of expr.inheritFrom) this.resolve(from, scope, false);
    for (const def of this.definitions(expr)) if (def.kind !== "inheritedFrom") this.resolve(def.value, scope, false);
    this.resolveDynamic(expr, scope);
  }

  private resolveDynamic(expr: AttrsExpr, scope: Scope): void {
    for (const { name, value } of expr.dynamic) {
      this.resolve(name, scope, false);
      this.resolve(value, scope, false);
    }
  }

  /** The scope of mutually recursive bindings. */
  private bind(expr: AttrsExpr, scope: Scope, strict: boolean): Scope {
    const layout = allocate(scope, expr.attrs.size, strict);
    expr.layout = layout;
    const frame = layout.frame ?? scope.frame;
    const names = new Map<string, number>();
    let slot = layout.firstSlot;
    for (const name of expr.attrs.keys()) names.set(name, slot++);
    const inner = new Scope(scope, frame, names);
    // `inherit x` means the x around the bindings, seen from their environment.
    const around = new Scope(scope, frame, undefined);
    for (const from of expr.inheritFrom) this.resolve(from, inner, false);
    for (const def of this.definitions(expr)) {
      if (def.kind === "plain") this.resolve(def.value, inner, false);
      else if (def.kind === "inherited") this.resolveVar(def.value, around);
    }
    this.resolveDynamic(expr, inner);
    return inner;
  }

  private resolveLambda(expr: LambdaExpr, scope: Scope): void {
    const frame: Frame = { size: 1 };
    const names = new Map<string, number>();
    expr.frame = frame;
    if (expr.param !== undefined) names.set(expr.param, frame.size++);
    let body = expr.body;
    if (expr.formals === undefined) {
      while (isPlainLambda(body)) {
        names.set(body.param, frame.size++);
        body = body.body;
      }
    } else {
      for (const formal of expr.formals.list) names.set(formal.name, frame.size++);
    }
    const inner = new Scope(scope, frame, names);
    for (const formal of this.inOrder(expr.formals?.list ?? [], ({ name }) => name)) {
      if (formal.fallback !== undefined) this.resolve(formal.fallback, inner, false);
    }
    this.resolve(body, inner, true);
  }
}

/** Whether it is `x: …`: such lambdas are merged with the one they are the body of. */
export function isPlainLambda(expr: Expr): expr is LambdaExpr & { readonly param: string } {
  return expr.kind === "lambda" && expr.formals === undefined;
}

function allocate(scope: Scope, count: number, strict: boolean): Layout {
  const { frame } = scope;
  if (strict && frame.size + count <= maxSharedFrame) {
    const firstSlot = frame.size;
    frame.size += count;
    return { frame: undefined, firstSlot };
  }
  return { frame: { size: 1 + count }, firstSlot: 1 };
}

/** The error for a name that means nothing. It has no suggestions, as in C++ Nix; who wants some adds them. */
export function undefinedVariable(name: string, pos: Pos): NixError {
  return new NixError("undefinedVariable", `undefined variable '${printAttrName(name)}'`, pos);
}
