// From a resolved syntax tree to closures: every expression becomes a function from an environment to its value.
// Compilation is as lazy as evaluation: what is delayed, and the body of a function, is compiled when it first runs.
import type { CallExpr, Expr, IfExpr, LambdaExpr, LetExpr, ListExpr, VarExpr, WithExpr } from "../parser/ast.ts";
import type { Pos } from "../source/position.ts";
import type { AttrSet } from "../value/attr-set.ts";
import { Builtin, Lambda, type LambdaStage } from "../value/function.ts";
import { force, Thunk } from "../value/thunk.ts";
import { emptyList, type Lazy, NixFloat, NixPath, type Value } from "../value/value.ts";
import { applyOne, applyTwo, callFunction } from "./call.ts";
import { compileAttrs, compileBindings } from "./compile-attrs.ts";
import {
  compileArithmetic,
  compileAssert,
  compileBinary,
  compileBoolean,
  compileConcatStrings,
  isArithmetic,
} from "./compile-operators.ts";
import { compileHasAttr, compileSelect, SelectionSite } from "./compile-select.ts";
import { CompiledLambda, type Promote } from "./compiled-lambda.ts";
import { type Code, type Environment, newEnvironment } from "./environment.ts";
import { expectAttrs } from "./expect.ts";
import { positionOf } from "./expr-position.ts";
import type { FormalsMatcher } from "./formals.ts";
import { promoteLambda } from "./generate.ts";
import type { Interpreter } from "./interpreter.ts";
import { makeAll } from "./make-all.ts";
import { positionValue } from "./position-value.ts";
import { branchPurpose, notPurpose } from "./purposes.ts";
import { isPlainLambda, undefinedVariable } from "./resolve.ts";

/** Gives what a variable, attribute, list item or argument holds: a value that costs nothing, else a thunk. */
export type Maker = (environment: Environment) => Lazy;

/** A set whose names a program may use besides those it binds: the prelude. Forced when a name is looked up in it. */
export type Prelude = Lazy;

const noArguments: readonly Lazy[] = [];

/** The code of a delayed expression, compiled when it first runs. */
class DelayedCode {
  code: Code;

  constructor(compiler: Compiler, expr: Expr) {
    let compiled: Code | undefined;
    // Thunks made before the first one runs have this code, and run it later.
    this.code = (environment) => {
      if (compiled === undefined) {
        compiled = compiler.compile(expr);
        this.code = compiled;
      }
      return compiled(environment);
    };
  }
}

export class Compiler {
  readonly interpreter: Interpreter;
  readonly globals: (name: string) => Lazy;
  private readonly prelude: Prelude | undefined;
  private readonly lambdas = new WeakMap<LambdaExpr, CompiledLambda>();

  constructor(interpreter: Interpreter, globals: (name: string) => Lazy, prelude: Prelude | undefined) {
    this.interpreter = interpreter;
    this.globals = globals;
    this.prelude = prelude;
  }

  compile(expr: Expr): Code {
    switch (expr.kind) {
      case "int":
      case "string":
      case "float":
      case "path":
        return literal(expr);
      case "var":
        return this.compileVar(expr);
      case "concatStrings":
        return compileConcatStrings(this, expr);
      case "select":
        return compileSelect(this, expr);
      case "hasAttr":
        return compileHasAttr(this, expr);
      case "attrs":
        return compileAttrs(this, expr);
      case "list":
        return this.compileList(expr);
      case "lambda":
        return this.compileLambda(expr);
      case "call":
        return this.compileCall(expr);
      case "let":
        return this.compileLet(expr);
      case "with":
        return this.compileWith(expr);
      case "if":
        return this.compileIf(expr);
      case "assert":
        return compileAssert(this, expr);
      case "not": {
        const { interpreter } = this;
        const operand = compileBoolean(this, expr.expr, positionOf(expr.expr, interpreter), notPurpose(interpreter));
        return (environment) => !operand(environment);
      }
      case "binary":
        return compileBinary(this, expr);
      case "curPos": {
        const { interpreter } = this;
        return () => positionValue(interpreter, expr.pos);
      }
    }
  }

  /** What holds the value of a delayed expression. */
  delay(expr: Expr): Maker {
    switch (expr.kind) {
      case "int":
      case "string":
      case "float":
      case "path":
        return literal(expr);
      case "var":
        return this.delayVar(expr);
      case "list":
        if (expr.items.length === 0) return () => emptyList;
        break;
      default:
    }
    return this.delayAlways(expr);
  }

  /** The same, as a thunk also where the value could be there at once. */
  delayAlways(expr: Expr): Maker {
    const delayed = new DelayedCode(this, expr);
    return (environment) => Thunk.of(delayed.code, environment);
  }

  private delayVar(expr: VarExpr): Maker {
    const binding = expr.binding!;
    if (binding.kind === "global") {
      const value = this.globals(expr.name);
      return () => value;
    }
    const code = this.compileVar(expr);
    if (binding.kind === "with") return (environment) => Thunk.of(code, environment);
    const { depth, slot } = binding;
    return (environment) => {
      const lazy = outwards(environment, depth)[slot] as Lazy | undefined;
      // A variable of a `let` may not be there yet while its neighbours are being made.
      return lazy === undefined ? Thunk.of(code, environment) : lazy;
    };
  }

  private compileVar(expr: VarExpr): Code {
    const binding = expr.binding!;
    const { pos } = expr;
    if (binding.kind === "with") return this.compileWithVar(expr, binding.withs);
    if (binding.kind === "global") {
      const lazy = this.globals(expr.name);
      return lazy instanceof Thunk ? () => force(lazy, pos) : () => lazy;
    }
    const { depth, slot } = binding;
    switch (depth) {
      case 0:
        return (environment) => {
          const lazy = environment[slot] as Lazy;
          return lazy instanceof Thunk ? force(lazy, pos) : lazy;
        };
      case 1:
        return (environment) => {
          const lazy = (environment[0] as Environment)[slot] as Lazy;
          return lazy instanceof Thunk ? force(lazy, pos) : lazy;
        };
      case 2:
        return (environment) => {
          const lazy = ((environment[0] as Environment)[0] as Environment)[slot] as Lazy;
          return lazy instanceof Thunk ? force(lazy, pos) : lazy;
        };
      default:
        return (environment) => {
          const lazy = outwards(environment, depth)[slot] as Lazy;
          return lazy instanceof Thunk ? force(lazy, pos) : lazy;
        };
    }
  }

  private compileWithVar(
    { name, pos }: VarExpr,
    withs: readonly { readonly depth: number; readonly slot: number; readonly pos: Pos }[],
  ): Code {
    const { interpreter, prelude } = this;
    const purpose = "while evaluating the first subexpression of a with expression";
    const sites = withs.map((place) => ({ ...place, site: new SelectionSite(interpreter, name, pos) }));
    return (environment) => {
      for (const { depth, slot, pos: withPos, site } of sites) {
        const set = expectAttrs(interpreter, outwards(environment, depth)[slot] as Lazy, withPos, purpose);
        const found = site.find(set);
        if (found !== undefined) return force(found, pos);
      }
      const found = prelude === undefined ? undefined : (force(prelude) as AttrSet).get(name);
      if (found === undefined) {
        const sets = withs.map(({ depth, slot }) => outwards(environment, depth)[slot]);
        throw undefinedVariable(name, pos).about(sets);
      }
      return force(found, pos);
    };
  }

  private compileList(expr: ListExpr): Code {
    const makers = expr.items.map((item) => this.delay(item));
    if (makers.length === 0) return () => emptyList;
    const make = makeAll<Environment, undefined>(makers);
    return (environment) => make(environment, undefined);
  }

  private compileLambda(expr: LambdaExpr): Code {
    const code = this.lambdaCode(expr);
    return (environment) => new Lambda(code, environment, noArguments);
  }

  /** What all functions that come from the expression share. */
  lambdaCode(expr: LambdaExpr): CompiledLambda {
    let lambda = this.lambdas.get(expr);
    if (lambda === undefined) {
      lambda = this.makeLambda(expr);
      this.lambdas.set(expr, lambda);
    }
    return lambda;
  }

  private makeLambda(expr: LambdaExpr): CompiledLambda {
    const stages = [stageOf(expr)];
    let body = expr.body;
    if (expr.formals === undefined) {
      while (isPlainLambda(body)) {
        stages.push(stageOf(body));
        body = body.body;
      }
    }
    const matcher = this.matcherOf(expr, stages[0] as LambdaStage);
    const compileBody: Code = (environment) => {
      if (lambda.body === compileBody) lambda.body = this.compile(body);
      return lambda.body(environment);
    };
    const promote: Promote = (hot) => promoteLambda(this, hot, body);
    const lambda = new CompiledLambda(this.interpreter, stages, expr.frame!, matcher, compileBody, promote);
    return lambda;
  }

  private matcherOf(expr: LambdaExpr, stage: LambdaStage): FormalsMatcher | undefined {
    if (expr.formals === undefined) return undefined;
    return {
      stage,
      hasName: expr.param !== undefined,
      formals: expr.formals.list.map(({ name, fallback }) => ({
        name,
        fallback: fallback === undefined ? undefined : this.delay(fallback),
      })),
      order: this.interpreter.symbols.order(expr.formals.list.map(({ name }) => name)),
      cachedShape: undefined,
      cachedIndices: [],
    };
  }

  private compileCall(expr: CallExpr): Code {
    const { interpreter } = this;
    const { pos } = expr;
    if (isArithmetic(expr) && !interpreter.settings.traceFunctionCalls) {
      const builtin = this.globals((expr.fn as VarExpr).name);
      if (builtin instanceof Builtin) return compileArithmetic(this, expr, builtin);
    }
    const fn = this.compile(expr.fn);
    const makers = expr.args.map((arg) => this.delay(arg));
    const [first, second] = makers as [Maker, Maker];
    switch (makers.length) {
      case 1:
        return (environment) => applyOne(interpreter, fn(environment), first(environment), pos);
      case 2:
        return (environment) => applyTwo(interpreter, fn(environment), first(environment), second(environment), pos);
      default: {
        const makeArguments = makeAll<Environment, undefined>(makers);
        return (environment) => {
          const callee = fn(environment);
          return callFunction(interpreter, callee, makeArguments(environment, undefined), pos);
        };
      }
    }
  }

  private compileLet(expr: LetExpr): Code {
    const bind = compileBindings(this, expr.attrs);
    const body = this.compile(expr.body);
    return (environment) => body(bind(environment));
  }

  private compileWith(expr: WithExpr): Code {
    const { frame, firstSlot } = expr.layout!;
    const attrs = this.delay(expr.attrs);
    const body = this.compile(expr.body);
    if (frame === undefined) {
      return (environment) => {
        environment[firstSlot] = attrs(environment);
        return body(environment);
      };
    }
    return (environment) => {
      const inner = newEnvironment(frame.size, environment);
      inner[firstSlot] = attrs(environment);
      return body(inner);
    };
  }

  private compileIf(expr: IfExpr): Code {
    const condition = compileBoolean(this, expr.condition, expr.pos, branchPurpose);
    const then = this.compile(expr.then);
    const otherwise = this.compile(expr.else);
    return (environment) => (condition(environment) ? then(environment) : otherwise(environment));
  }
}

function outwards(environment: Environment, depth: number): Environment {
  let around = environment;
  for (let i = depth; i > 0; i--) around = around[0] as Environment;
  return around;
}

/** The code of a literal, and the maker of one: it costs nothing. */
function literal(expr: Extract<Expr, { kind: "int" | "string" | "float" | "path" }>): () => Value {
  const value = constantOf(expr);
  return () => value;
}

function constantOf(expr: Extract<Expr, { kind: "int" | "string" | "float" | "path" }>): Value {
  switch (expr.kind) {
    case "float":
      return new NixFloat(expr.value);
    case "path":
      return new NixPath(expr.value);
    default:
      return expr.value;
  }
}

function stageOf(expr: LambdaExpr): LambdaStage {
  return {
    name: expr.name,
    pos: expr.pos,
    param: expr.param,
    formals: expr.formals?.list.map(({ name, pos, fallback }) => ({ name, pos, hasDefault: fallback !== undefined })),
    ellipsis: expr.formals?.ellipsis ?? false,
    doc: expr.doc,
  };
}
