// `a.b.c`, `a.b or c` and `a ? b`. A selection remembers the shape of the set it saw last and where the name was in it.
import type { AttrName, Expr, HasAttrExpr, SelectExpr } from "../parser/ast.ts";
import { printExpr } from "../parser/print-expr.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos } from "../source/position.ts";
import { suggestNames } from "../source/suggestions.ts";
import { AttrSet } from "../value/attr-set.ts";
import { printAttrName } from "../value/print.ts";
import { force, Thunk } from "../value/thunk.ts";
import type { Lazy, Value } from "../value/value.ts";
import type { Compiler } from "./compile.ts";
import type { Code, Environment } from "./environment.ts";
import { addFrame, expectPlainString, wrongType } from "./expect.ts";
import { positionOf } from "./expr-position.ts";
import type { Interpreter } from "./interpreter.ts";

interface SelectedName {
  readonly evaluate: (environment: Environment) => string;
  /** Where the name is not known before; messages show it when evaluating it fails. */
  readonly expr: Expr | undefined;
}

export function compileSelect(compiler: Compiler, expr: SelectExpr): Code {
  const { interpreter } = compiler;
  const target = compiler.compile(expr.expr);
  const targetPos = positionOf(expr.expr, interpreter);
  const pos = positionOf(expr, interpreter);
  const [first] = expr.path;
  if (expr.fallback === undefined && expr.path.length === 1 && first?.kind === "static") {
    return selectOne(interpreter, target, targetPos, first.name, pos);
  }
  const names = expr.path.map((name) => compileName(compiler, name));
  const framedTarget: Code = (environment) => {
    try {
      return target(environment);
    } catch (error) {
      throw addTargetFrame(interpreter, error, targetPos);
    }
  };
  if (expr.fallback !== undefined) {
    return selectOr(interpreter, framedTarget, names, compiler.compile(expr.fallback), pos);
  }
  return selectPath(interpreter, framedTarget, names, pos);
}

/** The code of `target.name`. */
export function selectOne(interpreter: Interpreter, target: Code, targetPos: Pos, name: string, pos: Pos): Code {
  let cachedShape: unknown;
  let cachedIndex = 0;
  return (environment) => {
    let set: Value;
    try {
      set = target(environment);
    } catch (error) {
      throw addTargetFrame(interpreter, error, targetPos);
    }
    if (!(set instanceof AttrSet)) {
      throw addSelectionFrames(interpreter, notASet(interpreter, set, pos), noPos, "", pos, printAttrName(name));
    }
    const shape = set.shapeIfFlat;
    let lazy: Lazy | undefined;
    if (shape === undefined) lazy = set.get(name);
    else {
      let index = cachedIndex;
      if (shape !== cachedShape) {
        index = shape.indexOf(name);
        if (index >= 0) {
          cachedShape = shape;
          cachedIndex = index;
        }
      }
      lazy = set.values[index];
    }
    if (lazy === undefined) {
      const error = missingAttribute(interpreter, set, name, pos);
      throw addSelectionFrames(interpreter, error, noPos, "", pos, printAttrName(name));
    }
    if (!(lazy instanceof Thunk)) return lazy;
    if (lazy.code === null) return lazy.value as Value;
    const attrPos = set.positionOf(name);
    try {
      return force(lazy, attrPos === noPos ? pos : attrPos);
    } catch (error) {
      throw addSelectionFrames(interpreter, error, attrPos, printAttrName(name), pos, printAttrName(name));
    }
  };
}

function selectPath(interpreter: Interpreter, target: Code, names: readonly SelectedName[], pos: Pos): Code {
  return (environment) => {
    let current: Lazy = target(environment);
    let attrPos = noPos;
    let found = 0;
    try {
      for (const selected of names) {
        const name = selected.evaluate(environment);
        const set = forceSet(interpreter, current, pos);
        const value = set.get(name);
        if (value === undefined) throw missingAttribute(interpreter, set, name, pos);
        current = value;
        attrPos = set.positionOf(name);
        found++;
      }
      return force(current, attrPos === noPos ? pos : attrPos);
    } catch (error) {
      if (!(error instanceof NixError) || (attrPos === noPos && !interpreter.hasNewMessages)) throw error;
      const shown = names.map((selected) => showName(selected, environment));
      const foundPath = shown.slice(0, found).join(".");
      throw addSelectionFrames(interpreter, error, attrPos, foundPath, pos, shown.join("."));
    }
  };
}

function selectOr(
  interpreter: Interpreter,
  target: Code,
  names: readonly SelectedName[],
  fallback: Code,
  pos: Pos,
): Code {
  return (environment) => {
    let current: Lazy = target(environment);
    let attrPos = noPos;
    let found = 0;
    try {
      for (const selected of names) {
        const name = selected.evaluate(environment);
        const set: Value = force(current, pos);
        const value: Lazy | undefined = set instanceof AttrSet ? set.get(name) : undefined;
        if (value === undefined) return fallback(environment);
        current = value;
        attrPos = (set as AttrSet).positionOf(name);
        found++;
      }
      return force(current, attrPos === noPos ? pos : attrPos);
    } catch (error) {
      if (!(error instanceof NixError) || (attrPos === noPos && !interpreter.hasNewMessages)) throw error;
      const shown = names.map((selected) => showName(selected, environment));
      const foundPath = shown.slice(0, found).join(".");
      throw addSelectionFrames(interpreter, error, attrPos, foundPath, pos, shown.join("."));
    }
  };
}

export function compileHasAttr(compiler: Compiler, expr: HasAttrExpr): Code {
  const target = compiler.compile(expr.expr);
  const { interpreter } = compiler;
  const targetPos = positionOf(expr.expr, interpreter);
  const names = expr.path.map((name) => compileName(compiler, name));
  return (environment) => {
    let current: Lazy;
    try {
      current = target(environment);
    } catch (error) {
      throw interpreter.hasNewMessages ? addFrame(error, "in the argument of '?'", targetPos) : error;
    }
    for (const selected of names) {
      const set: Value = force(current, expr.pos);
      const name = selected.evaluate(environment);
      const found: Lazy | undefined = set instanceof AttrSet ? set.get(name) : undefined;
      if (found === undefined) return false;
      current = found;
    }
    return true;
  };
}

function compileName(compiler: Compiler, name: AttrName): SelectedName {
  if (name.kind === "static") return { evaluate: () => name.name, expr: undefined };
  const code = compiler.compile(name.expr);
  const { interpreter } = compiler;
  const pos = positionOf(name.expr, interpreter);
  const purpose = "while evaluating an attribute name";
  return {
    evaluate: (environment) => expectPlainString(interpreter, code(environment), pos, purpose),
    expr: name.expr,
  };
}

function showName({ evaluate, expr }: SelectedName, environment: Environment): string {
  try {
    return printAttrName(evaluate(environment));
  } catch (error) {
    if (error instanceof NixError && expr !== undefined) return `"\${${printExpr(expr)}}"`;
    throw error;
  }
}

function forceSet(interpreter: Interpreter, lazy: Lazy, pos: Pos): AttrSet {
  const value: Value = force(lazy, pos);
  if (value instanceof AttrSet) return value;
  throw notASet(interpreter, value, pos);
}

function notASet(interpreter: Interpreter, value: Value, pos: Pos): NixError {
  return wrongType(interpreter, "a set", value, noPos).addTrace("while selecting an attribute", pos);
}

function missingAttribute(interpreter: Interpreter, set: AttrSet, name: string, pos: Pos): NixError {
  const place = interpreter.hasNewMessages ? noPos : pos;
  return new NixError("missingAttribute", `attribute '${printAttrName(name)}' missing`, place)
    .suggest(suggestNames(set.names, name))
    .about(set);
}

function addTargetFrame(interpreter: Interpreter, error: unknown, pos: Pos): unknown {
  return interpreter.hasNewMessages ? addFrame(error, "while selecting an attribute", pos) : error;
}

/**
 * Says what was selected, and where what was found last was defined; C++ Nix 2.34 says only the latter, in the words of
 * the former. Places inside Nix's own definition of `derivation` would tell a person nothing.
 */
function addSelectionFrames(
  interpreter: Interpreter,
  error: unknown,
  attrPos: Pos,
  foundPath: string,
  pos: Pos,
  path: string,
): unknown {
  if (!(error instanceof NixError)) return error;
  const isShown = attrPos !== noPos && interpreter.positions.sourceOf(attrPos)?.origin.kind !== "internal";
  const what = `while evaluating the attribute '${path}'`;
  if (!interpreter.hasNewMessages) return isShown ? error.addTrace(what, attrPos) : error;
  if (isShown) error.addTrace(`from the definition of '${foundPath}'`, attrPos);
  return error.addTrace(what, pos);
}
