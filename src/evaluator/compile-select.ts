// `a.b.c`, `a.b or c` and `a ? b`. A selection remembers the shape of the set it saw last and where the name was in it.
import type { AttrName, HasAttrExpr, SelectExpr } from "../parser/ast.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos } from "../source/position.ts";
import { suggestNames } from "../source/suggestions.ts";
import { AttrSet } from "../value/attr-set.ts";
import { printAttrName } from "../value/print.ts";
import { force, Thunk } from "../value/thunk.ts";
import type { Lazy, Value } from "../value/value.ts";
import type { Compiler } from "./compile.ts";
import type { Code, Environment } from "./environment.ts";
import { expectPlainString, wrongType } from "./expect.ts";
import { positionOf } from "./expr-position.ts";
import type { Interpreter } from "./interpreter.ts";

type NameOf = (environment: Environment) => string;

export function compileSelect(compiler: Compiler, expr: SelectExpr): Code {
  const target = compiler.compile(expr.expr);
  const [first] = expr.path;
  if (expr.fallback === undefined && expr.path.length === 1 && first?.kind === "static") {
    return selectOne(compiler.interpreter, target, first.name, expr.pos);
  }
  const names = expr.path.map((name) => compileName(compiler, name));
  if (expr.fallback !== undefined) {
    return selectOr(compiler.interpreter, target, names, compiler.compile(expr.fallback), expr.pos);
  }
  return selectPath(compiler.interpreter, target, names, expr.pos);
}

/** The code of `target.name`. */
export function selectOne(interpreter: Interpreter, target: Code, name: string, pos: Pos): Code {
  let cachedShape: unknown;
  let cachedIndex = 0;
  return (environment) => {
    const set = target(environment);
    if (!(set instanceof AttrSet)) throw notASet(interpreter, set, pos);
    const { shape } = set;
    let index = cachedIndex;
    if (shape !== cachedShape) {
      index = shape.indexOf(name);
      if (index < 0) throw missingAttribute(set, name, pos);
      cachedShape = shape;
      cachedIndex = index;
    }
    const lazy = set.values[index] as Lazy;
    if (!(lazy instanceof Thunk)) return lazy;
    if (lazy.code === null) return lazy.value as Value;
    const attrPos = set.positionAt(index);
    try {
      return force(lazy, attrPos === noPos ? pos : attrPos);
    } catch (error) {
      throw addAttributeFrame(interpreter, error, attrPos, printAttrName(name));
    }
  };
}

function selectPath(interpreter: Interpreter, target: Code, names: readonly NameOf[], pos: Pos): Code {
  return (environment) => {
    let current: Lazy = target(environment);
    let attrPos = noPos;
    try {
      for (const nameOf of names) {
        const name = nameOf(environment);
        const set = forceSet(interpreter, current, pos);
        const index = set.shape.indexOf(name);
        if (index < 0) throw missingAttribute(set, name, pos);
        current = set.values[index] as Lazy;
        attrPos = set.positionAt(index);
      }
      return force(current, attrPos === noPos ? pos : attrPos);
    } catch (error) {
      throw attrPos === noPos ? error : addAttributeFrame(interpreter, error, attrPos, showPath(names, environment));
    }
  };
}

function selectOr(interpreter: Interpreter, target: Code, names: readonly NameOf[], fallback: Code, pos: Pos): Code {
  return (environment) => {
    let current: Lazy = target(environment);
    let attrPos = noPos;
    try {
      for (const nameOf of names) {
        const name = nameOf(environment);
        const set: Value = force(current, pos);
        const index = set instanceof AttrSet ? set.shape.indexOf(name) : -1;
        if (index < 0) return fallback(environment);
        current = (set as AttrSet).values[index] as Lazy;
        attrPos = (set as AttrSet).positionAt(index);
      }
      return force(current, attrPos === noPos ? pos : attrPos);
    } catch (error) {
      throw attrPos === noPos ? error : addAttributeFrame(interpreter, error, attrPos, showPath(names, environment));
    }
  };
}

export function compileHasAttr(compiler: Compiler, expr: HasAttrExpr): Code {
  const target = compiler.compile(expr.expr);
  const names = expr.path.map((name) => compileName(compiler, name));
  return (environment) => {
    let current: Lazy = target(environment);
    for (const nameOf of names) {
      const set: Value = force(current, expr.pos);
      const name = nameOf(environment);
      const found: Lazy | undefined = set instanceof AttrSet ? set.get(name) : undefined;
      if (found === undefined) return false;
      current = found;
    }
    return true;
  };
}

function compileName(compiler: Compiler, name: AttrName): NameOf {
  if (name.kind === "static") return () => name.name;
  const code = compiler.compile(name.expr);
  const pos = positionOf(name.expr);
  const { interpreter } = compiler;
  return (environment) => expectPlainString(interpreter, code(environment), pos, "while evaluating an attribute name");
}

function showPath(names: readonly NameOf[], environment: Environment): string {
  return names
    .map((nameOf) => {
      try {
        return printAttrName(nameOf(environment));
      } catch (error) {
        if (error instanceof NixError) return `"\${...}"`;
        throw error;
      }
    })
    .join(".");
}

function forceSet(interpreter: Interpreter, lazy: Lazy, pos: Pos): AttrSet {
  const value: Value = force(lazy, pos);
  if (value instanceof AttrSet) return value;
  throw notASet(interpreter, value, pos);
}

function notASet(interpreter: Interpreter, value: Value, pos: Pos): NixError {
  return wrongType(interpreter, "a set", value, noPos).addTrace("while selecting an attribute", pos);
}

function missingAttribute(set: AttrSet, name: string, pos: Pos): NixError {
  return new NixError("missingAttribute", `attribute '${printAttrName(name)}' missing`, pos).suggest(
    suggestNames(set.names, name),
  );
}

/** Frames inside Nix's own definition of `derivation` would tell a person nothing. */
function addAttributeFrame(interpreter: Interpreter, error: unknown, pos: Pos, path: string): unknown {
  if (!(error instanceof NixError) || pos === noPos) return error;
  if (interpreter.positions.sourceOf(pos)?.origin.kind === "internal") return error;
  return error.addTrace(`while evaluating the attribute '${path}'`, pos);
}
