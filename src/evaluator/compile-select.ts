// `a.b.c`, `a.b or c` and `a ? b`. A selection remembers the shape of the set it saw last and where the name was in it.
import type { AttrName, Expr, HasAttrExpr, SelectExpr } from "../parser/ast.ts";
import { printExpr } from "../parser/print-expr.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos } from "../source/position.ts";
import { suggestNames } from "../source/suggestions.ts";
import { AttrSet, type Shape } from "../value/attr-set.ts";
import { printAttrName } from "../value/print.ts";
import { force, Thunk } from "../value/thunk.ts";
import type { Lazy, Value } from "../value/value.ts";
import type { Compiler } from "./compile.ts";
import type { Code, Environment } from "./environment.ts";
import { addFrame, expectPlainString, wrongType } from "./expect.ts";
import { positionOf } from "./expr-position.ts";
import type { Interpreter } from "./interpreter.ts";
import { attributePurpose, queryPurpose, targetPurpose } from "./purposes.ts";

/** One step of an attribute path. */
interface Step {
  /** Undefined where the name is computed. */
  readonly site: SelectionSite | undefined;
  readonly evaluate: (environment: Environment) => string;
  /** Where the name is not known before; messages show it when evaluating it fails. */
  readonly expr: Expr | undefined;
}

/** A place where one name is selected: it remembers the shape of the set it saw last and where the name was in it. */
export class SelectionSite {
  readonly interpreter: Interpreter;
  readonly name: string;
  /** Where the selection is written. */
  readonly pos: Pos;
  shape: Shape | null = null;
  index = 0;
  /** The shape that was seen last of those without the name. */
  private absent: Shape | null = null;

  constructor(interpreter: Interpreter, name: string, pos: Pos) {
    this.interpreter = interpreter;
    this.name = name;
    this.pos = pos;
  }

  find(set: AttrSet): Lazy | undefined {
    const shape = set.shapeIfFlat;
    if (shape === undefined) return set.get(this.name);
    if (shape === this.shape) return set.values[this.index];
    if (shape === this.absent) return undefined;
    const index = shape.indexOf(this.name);
    if (index < 0) {
      this.absent = shape;
      return undefined;
    }
    this.shape = shape;
    this.index = index;
    return set.values[index];
  }

  /** What a value holds under the name, not forced; throws when that is nothing. */
  select(value: Value): Lazy {
    const { interpreter, name, pos } = this;
    if (!(value instanceof AttrSet)) throw this.framed(notASet(interpreter, value, pos), noPos);
    const found = this.find(value);
    if (found === undefined) throw this.framed(missingAttribute(interpreter, value, name, pos), noPos);
    return found;
  }

  /** Forces what was found in a set. */
  force(set: AttrSet, found: Thunk): Value {
    const attrPos = set.positionOf(this.name);
    try {
      return force(found, attrPos === noPos ? this.pos : attrPos);
    } catch (error) {
      throw this.framed(error, attrPos);
    }
  }

  private framed(error: unknown, attrPos: Pos): unknown {
    const shown = printAttrName(this.name);
    return addSelectionFrames(this.interpreter, error, attrPos, attrPos === noPos ? "" : shown, this.pos, shown);
  }
}

export function compileSelect(compiler: Compiler, expr: SelectExpr): Code {
  const { interpreter } = compiler;
  const target = compiler.compile(expr.expr);
  const targetPos = positionOf(expr.expr, interpreter);
  const pos = positionOf(expr, interpreter);
  const [first] = expr.path;
  if (expr.fallback === undefined && expr.path.length === 1 && first?.kind === "static") {
    return selectOne(target, targetPos, new SelectionSite(interpreter, first.name, pos));
  }
  const path = new SelectionPath(compiler, expr);
  return (environment) => {
    let value: Value;
    try {
      value = target(environment);
    } catch (error) {
      throw addTargetFrame(interpreter, error, targetPos);
    }
    return path.select(value, environment);
  };
}

/** The code of `target.name`. */
export function selectOne(target: Code, targetPos: Pos, site: SelectionSite): Code {
  const { interpreter } = site;
  return (environment) => {
    let set: Value;
    try {
      set = target(environment);
    } catch (error) {
      throw addTargetFrame(interpreter, error, targetPos);
    }
    const found = site.select(set);
    if (!(found instanceof Thunk)) return found;
    return found.code === null ? (found.value as Value) : site.force(set as AttrSet, found);
  };
}

/** `.a.b` and `.a.b or c`. */
export class SelectionPath {
  private readonly interpreter: Interpreter;
  private readonly steps: readonly Step[];
  private readonly fallback: Code | undefined;
  private readonly pos: Pos;

  constructor(compiler: Compiler, expr: SelectExpr) {
    this.interpreter = compiler.interpreter;
    this.pos = positionOf(expr, compiler.interpreter);
    this.steps = expr.path.map((name) => compileStep(compiler, name, this.pos));
    this.fallback = expr.fallback === undefined ? undefined : compiler.compile(expr.fallback);
  }

  /** The places of its names, if all are known. */
  get sites(): readonly SelectionSite[] | undefined {
    return sitesOf(this.steps);
  }

  select(target: Value, environment: Environment): Value {
    const { interpreter, steps, fallback, pos } = this;
    let current: Lazy = target;
    let owner: AttrSet | undefined;
    let name = "";
    let found = 0;
    let attrPos = noPos;
    try {
      for (; found < steps.length; found++) {
        const step = steps[found] as Step;
        const wanted = step.site === undefined ? step.evaluate(environment) : step.site.name;
        const set: Value = fallback === undefined ? forceSet(interpreter, current, pos) : force(current, pos);
        const value: Lazy | undefined =
          set instanceof AttrSet ? (step.site === undefined ? set.get(wanted) : step.site.find(set)) : undefined;
        if (value === undefined) {
          if (fallback !== undefined) return fallback(environment);
          throw missingAttribute(interpreter, set as AttrSet, wanted, pos);
        }
        current = value;
        owner = set as AttrSet;
        name = wanted;
      }
      if (!(current instanceof Thunk)) return current;
      if (current.code === null) return current.value as Value;
      attrPos = (owner as AttrSet).positionOf(name);
      return force(current, attrPos === noPos ? pos : attrPos);
    } catch (error) {
      attrPos = owner?.positionOf(name) ?? noPos;
      if (!(error instanceof NixError) || (attrPos === noPos && !interpreter.hasNewMessages)) throw error;
      const shown = steps.map((step) => showName(step, environment));
      throw addSelectionFrames(interpreter, error, attrPos, shown.slice(0, found).join("."), pos, shown.join("."));
    }
  }
}

export function compileHasAttr(compiler: Compiler, expr: HasAttrExpr): Code {
  const target = compiler.compile(expr.expr);
  const { interpreter } = compiler;
  const targetPos = positionOf(expr.expr, interpreter);
  const path = new QueriedPath(compiler, expr);
  return (environment) => {
    let value: Value;
    try {
      value = target(environment);
    } catch (error) {
      throw interpreter.hasNewMessages ? addFrame(error, queryPurpose, targetPos) : error;
    }
    return path.isIn(value, environment);
  };
}

/** `? a.b`. */
export class QueriedPath {
  private readonly steps: readonly Step[];
  private readonly pos: Pos;

  constructor(compiler: Compiler, { path, pos }: HasAttrExpr) {
    this.pos = pos;
    this.steps = path.map((name) => compileStep(compiler, name, pos));
  }

  get sites(): readonly SelectionSite[] | undefined {
    return sitesOf(this.steps);
  }

  isIn(target: Value, environment: Environment): boolean {
    let current: Lazy = target;
    for (const { site, evaluate } of this.steps) {
      const set: Value = force(current, this.pos);
      const name = site === undefined ? evaluate(environment) : site.name;
      if (!(set instanceof AttrSet)) return false;
      const found = site === undefined ? set.get(name) : site.find(set);
      if (found === undefined) return false;
      current = found;
    }
    return true;
  }
}

function sitesOf(steps: readonly Step[]): readonly SelectionSite[] | undefined {
  const sites = steps.flatMap(({ site }) => site ?? []);
  return sites.length === steps.length ? sites : undefined;
}

function compileStep(compiler: Compiler, name: AttrName, pathPos: Pos): Step {
  const { interpreter } = compiler;
  if (name.kind === "static") {
    const site = new SelectionSite(interpreter, name.name, pathPos);
    return { site, evaluate: () => name.name, expr: undefined };
  }
  const code = compiler.compile(name.expr);
  const pos = positionOf(name.expr, interpreter);
  const purpose = "while evaluating an attribute name";
  return {
    site: undefined,
    evaluate: (environment) => expectPlainString(interpreter, code(environment), pos, purpose),
    expr: name.expr,
  };
}

function showName({ evaluate, expr }: Step, environment: Environment): string {
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
  return wrongType(interpreter, "a set", value, noPos).addTrace(targetPurpose, pos);
}

function missingAttribute(interpreter: Interpreter, set: AttrSet, name: string, pos: Pos): NixError {
  const place = interpreter.hasNewMessages ? noPos : pos;
  return new NixError("missingAttribute", `attribute '${printAttrName(name)}' missing`, place)
    .suggest(suggestNames(set.names, name))
    .about(set);
}

function addTargetFrame(interpreter: Interpreter, error: unknown, pos: Pos): unknown {
  return interpreter.hasNewMessages ? addFrame(error, targetPurpose, pos) : error;
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
  const what = attributePurpose(path);
  if (!interpreter.hasNewMessages) return isShown ? error.addTrace(what, attrPos) : error;
  if (isShown) error.addTrace(`from the definition of '${foundPath}'`, attrPos);
  return error.addTrace(what, pos);
}
