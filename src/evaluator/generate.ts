// JavaScript source for functions that are called often: what compile.ts does by closures, written out, with variables
// of the function as variables of JavaScript and no environment where nothing captures one. The source holds no text of
// the program: constants, names and everything else that is not of this file comes through a table.
import type {
  AttrDef,
  AttrsExpr,
  BinaryExpr,
  CallExpr,
  ConcatStringsExpr,
  Expr,
  HasAttrExpr,
  IfExpr,
  SelectExpr,
  VarBinding,
  VarExpr,
  WithExpr,
} from "../parser/ast.ts";
import { noPos, type Pos } from "../source/position.ts";
import { isStackOverflow } from "../source/stack-overflow.ts";
import { AttrSet } from "../value/attr-set.ts";
import { Builtin } from "../value/function.ts";
import { printAttrName } from "../value/print.ts";
import { Thunk } from "../value/thunk.ts";
import { emptyList, type Lazy, NixFloat, NixPath } from "../value/value.ts";
import type { Compiler } from "./compile.ts";
import { emptySet, inheritedCode, layoutOf } from "./compile-attrs.ts";
import { asArgument, assertionError, isArithmetic, isHarmless } from "./compile-operators.ts";
import { QueriedPath, SelectionPath, SelectionSite } from "./compile-select.ts";
import type { CompiledLambda } from "./compiled-lambda.ts";
import { ConcatenationSite } from "./concatenation.ts";
import type { Environment } from "./environment.ts";
import { positionOf } from "./expr-position.ts";
import { type Entry, type ErrorFrame, runtimeNames, runtimeOf } from "./generated-code.ts";
import {
  additionPurpose,
  assertPurpose,
  attributePurpose,
  branchPurpose,
  builtinPurpose,
  notPurpose,
  operandPurpose,
  partPurpose,
  queryPurpose,
  targetPurpose,
} from "./purposes.ts";

/** So many parameters have a bit that tells whether they are forced first. */
const mostStrictParameters = 31;

/** Larger functions stay closures: V8 would not optimise them, and most of such a function runs once. */
const largestBody = 3000;

/** Gives the lambda code of its own in JavaScript, unless it is too large or JavaScript may not be made here. */
export function promoteLambda(compiler: Compiler, lambda: CompiledLambda, body: Expr): void {
  if (compiler.interpreter.settings.traceFunctionCalls || !isSmall(body)) return;
  const entry = generate(compiler, lambda, body);
  if (entry === undefined) return;
  lambda.strictParameters = lambda.matcher === undefined ? strictParameters(body, lambda.arity) : 0;
  switch (lambda.arity) {
    case 1:
      lambda.enterOne = entry as CompiledLambda["enterOne"];
      lambda.enterAll = (outer, [first], pos) => lambda.enterOne(outer, first as never, pos);
      break;
    case 2:
      lambda.enterTwo = entry as CompiledLambda["enterTwo"];
      lambda.enterAll = (outer, [first, second], pos) => lambda.enterTwo(outer, first as never, second as never, pos);
      break;
    default:
      lambda.enterAll = entry as CompiledLambda["enterAll"];
  }
}

function generate(compiler: Compiler, lambda: CompiledLambda, body: Expr): Entry | undefined {
  try {
    const module = new ModuleWriter(compiler);
    const make = new Function("runtime", "table", module.write(lambda, body));
    return make(runtimeOf(compiler.interpreter), module.table) as Entry;
  } catch (error) {
    // A page whose policy forbids it goes on with closures, and so does a call so deep that there is no room to write.
    if (error instanceof EvalError || isStackOverflow(error)) return undefined;
    throw error;
  }
}

function isSmall(body: Expr): boolean {
  let left = largestBody;
  const visit = (expr: Expr): void => {
    if (left-- <= 0 || expr.kind === "lambda") return;
    for (const part of partsOf(expr)) visit(part);
  };
  visit(body);
  return left > 0;
}

function* partsOf(expr: Expr): Iterable<Expr> {
  switch (expr.kind) {
    case "concatStrings":
      for (const part of expr.parts) yield part.expr;
      return;
    case "select":
      yield expr.expr;
      if (expr.fallback !== undefined) yield expr.fallback;
      return;
    case "hasAttr":
    case "not":
      yield expr.expr;
      return;
    case "attrs":
      yield* expr.inheritFrom;
      for (const def of expr.attrs.values()) if (def.kind === "plain") yield def.value;
      return;
    case "list":
      yield* expr.items;
      return;
    case "call":
      yield expr.fn;
      yield* expr.args;
      return;
    case "let":
      yield expr.attrs;
      yield expr.body;
      return;
    case "with":
      yield expr.attrs;
      yield expr.body;
      return;
    case "if":
      yield expr.condition;
      yield expr.then;
      yield expr.else;
      return;
    case "assert":
      yield expr.condition;
      yield expr.body;
      return;
    case "binary":
      yield expr.left;
      yield expr.right;
      return;
    default:
  }
}

/** The parameters that the body forces first of all, as bits. */
function strictParameters(body: Expr, arity: number): number {
  const parameters = Math.min(arity, mostStrictParameters);
  let bits = 0;
  const visit = (expr: Expr): void => {
    switch (expr.kind) {
      case "var": {
        const { binding } = expr;
        if (binding?.kind === "slot" && binding.depth === 0 && binding.slot <= parameters)
          bits |= 1 << (binding.slot - 1);
        return;
      }
      case "if":
      case "assert":
        visit(expr.condition);
        return;
      case "not":
      case "select":
      case "hasAttr":
        visit(expr.expr);
        return;
      case "concatStrings":
        for (const part of expr.parts) visit(part.expr);
        return;
      case "binary":
        visit(expr.left);
        if (expr.operator === "==" || expr.operator === "!=") visit(expr.right);
        return;
      case "call":
        if (isArithmetic(expr)) for (const arg of expr.args) visit(arg);
        return;
      case "let":
        if (expr.attrs.layout?.frame === undefined) visit(expr.body);
        return;
      default:
    }
  };
  visit(body);
  return bits;
}

/** Which variables an expression needs, where it can do with their values and without an environment. */
class Captures {
  readonly variables = new Map<string, SlotBinding>();

  /** Whether it can. */
  gather(expr: Expr): boolean {
    switch (expr.kind) {
      case "int":
      case "float":
      case "string":
      case "path":
        return true;
      case "var":
        if (expr.binding?.kind === "slot") {
          this.variables.set(`${expr.binding.depth}.${expr.binding.slot}`, expr.binding);
          return true;
        }
        return expr.binding?.kind === "global";
      case "select":
        if (expr.path.some((name) => name.kind === "dynamic")) return false;
        if (expr.path.length > 1 && mayEvaluate(expr)) return false;
        return this.gatherAll(partsOf(expr));
      case "hasAttr":
        return expr.path.every((name) => name.kind === "static") && this.gather(expr.expr);
      case "attrs":
        if (expr.recursive || expr.dynamic.length > 0) return false;
        for (const def of expr.attrs.values()) if (def.kind === "inherited" && !this.gather(def.value)) return false;
        return this.gatherAll(partsOf(expr));
      case "concatStrings":
      case "list":
      case "call":
      case "if":
      case "not":
      case "binary":
        return this.gatherAll(partsOf(expr));
      default:
        return false;
    }
  }

  private gatherAll(exprs: Iterable<Expr>): boolean {
    for (const expr of exprs) if (!this.gather(expr)) return false;
    return true;
  }
}

/** The source of one lambda and of what it delays, and the table that it refers to. */
class ModuleWriter {
  readonly compiler: Compiler;
  readonly table: unknown[] = [];
  readonly functions: string[] = [];
  private readonly indices = new Map<unknown, number>();
  private functionCount = 0;

  constructor(compiler: Compiler) {
    this.compiler = compiler;
  }

  /** What the source calls a thing of the table. */
  constant(value: unknown): string {
    let index = this.indices.get(value);
    if (index === undefined) {
      index = this.table.length;
      this.table.push(value);
      this.indices.set(value, index);
    }
    return `k${index}`;
  }

  /** A new name for a function of the module. */
  functionName(): string {
    return `f${this.functionCount++}`;
  }

  /** A function of an environment that computes a delayed expression; gives its name. */
  delayed(expr: Expr): string {
    return this.delayedFunction(expr, "e0", new FunctionWriter(this, "e0", undefined));
  }

  /** The same of the one variable that it needs, if it needs any. */
  delayedOfOne(expr: Expr, variable: SlotBinding | undefined): string {
    const writer = new FunctionWriter(this, undefined, undefined);
    if (variable !== undefined) writer.know(variable, "v");
    return this.delayedFunction(expr, "v", writer);
  }

  private delayedFunction(expr: Expr, parameter: string, writer: FunctionWriter): string {
    const name = this.functionName();
    writer.tail(expr);
    this.functions.push(`function ${name}(${parameter}){${writer.source()}}`);
    return name;
  }

  write(lambda: CompiledLambda, body: Expr): string {
    const { arity, frame, matcher } = lambda;
    let parameters: string;
    let writer: FunctionWriter;
    if (matcher !== undefined) {
      parameters = "o,a,pos";
      writer = new FunctionWriter(this, "e0", undefined);
      writer.line(`const e0=matchFormals(I,${this.constant(matcher)},${frame.size},o,a,pos);`);
    } else {
      writer = new FunctionWriter(this, undefined, { size: frame.size, arity });
      if (arity <= 2) parameters = arity === 1 ? "o,s1,pos" : "o,s1,s2,pos";
      else {
        parameters = "o,all,pos";
        const names = Array.from({ length: arity }, (_, i) => `s${i + 1}`);
        writer.line(`let ${names.map((name, i) => `${name}=all[${i}]`).join(",")};`);
      }
    }
    writer.tail(body);
    const entry = `return function(${parameters}){${writer.source()}};`;
    const constants = this.table.map((_, i) => `k${i}=table[${i}]`);
    return [
      '"use strict";',
      `const {${runtimeNames.join(",")}}=runtime;`,
      constants.length === 0 ? "" : `const ${constants.join(",")};`,
      ...this.functions,
      entry,
    ].join("\n");
  }
}

type SlotBinding = Extract<VarBinding, { kind: "slot" }>;

/** The frames that an error gets where it passes, innermost first; each kind of place of a function has a number. */
type Place = number;

/** A variable of Nix that is in a variable of JavaScript here. */
interface Known {
  readonly name: string;
  isForced: boolean;
}

/** The parameters and own variables of a lambda whose environment is made only where something captures it. */
interface OwnFrame {
  readonly size: number;
  readonly arity: number;
}

class FunctionWriter {
  private readonly module: ModuleWriter;
  private readonly compiler: Compiler;
  private readonly lines: string[] = [];
  private readonly temporaries: string[] = [];
  private readonly places: (readonly ErrorFrame[])[] = [[]];
  private readonly placeIndices = new Map<string, Place>();
  private readonly own: OwnFrame | undefined;
  /** The environment variables from the innermost out; undefined is the own frame, made when needed. */
  private readonly environments: (string | undefined)[];
  /** By level of environment, counted from the outermost known, and slot. */
  private known = new Map<string, Known>();
  /** Keys of variables that are still being bound. */
  private readonly unmade = new Set<string>();
  private place: Place = 0;
  /** What the variable of JavaScript holds at this point, if that is known. */
  private written: Place | undefined = 0;
  private isMade = false;
  private usesEnvironment = false;

  constructor(module: ModuleWriter, environment: string | undefined, own: OwnFrame | undefined) {
    this.module = module;
    this.compiler = module.compiler;
    this.own = own;
    this.environments = [environment];
    if (own !== undefined) {
      for (let slot = 1; slot <= own.arity; slot++) this.known.set(`0.${slot}`, { name: `s${slot}`, isForced: false });
    }
  }

  /** Says which variable of JavaScript holds one of Nix. */
  know({ depth, slot }: SlotBinding, name: string): void {
    this.known.set(this.keyOf(depth, slot), { name, isForced: false });
  }

  line(text: string): void {
    this.lines.push(text);
  }

  /** The body of the function. */
  source(): string {
    const { own } = this;
    const variables = [...this.temporaries];
    if (own !== undefined) {
      for (let slot = own.arity + 1; slot < own.size; slot++) variables.push(`s${slot}`);
      if (this.usesEnvironment) variables.push("e0");
    }
    const declared = variables.length === 0 ? "" : `let ${variables.join(",")};`;
    const code = this.lines.join("\n");
    if (this.places.length === 1) return declared + code;
    const places = this.module.constant(this.places);
    return `${declared}let p=0;try{${code}}catch(error){throw addFrames(error,${places},p);}`;
  }

  private get interpreter() {
    return this.compiler.interpreter;
  }

  private temporary(): string {
    const name = `t${this.temporaries.length}`;
    this.temporaries.push(name);
    return name;
  }

  /** A temporary that holds the result of an expression of JavaScript. */
  private hold(source: string): string {
    const name = this.temporary();
    this.line(`${name}=${source};`);
    return name;
  }

  private constant(value: unknown): string {
    return this.module.constant(value);
  }

  /** Writes with errors getting one more frame. */
  private within<T>(frame: ErrorFrame | undefined, write: () => T): T {
    if (frame === undefined) return write();
    const outer = this.place;
    const key = `${outer},${frame.message},${frame.pos},${frame.isHint ?? false}`;
    let place = this.placeIndices.get(key);
    if (place === undefined) {
      place = this.places.length;
      this.places.push([frame, ...(this.places[outer] as readonly ErrorFrame[])]);
      this.placeIndices.set(key, place);
    }
    this.place = place;
    const result = write();
    this.place = outer;
    return result;
  }

  /** To be written before what may throw. */
  private mark(): void {
    if (this.written === this.place) return;
    this.line(`p=${this.place};`);
    this.written = this.place;
  }

  /** Writes one of two ways; what is known in one of them is not known afterwards. */
  private branch(write: () => void): void {
    const { known, written, isMade } = this;
    this.known = new Map(Array.from(known, ([key, { name, isForced }]) => [key, { name, isForced }]));
    write();
    this.known = known;
    this.written = this.written === written ? written : undefined;
    this.isMade = isMade;
  }

  /** Both ways of a condition. */
  private choose(condition: string, then: () => void, otherwise: (() => void) | undefined): void {
    const { written } = this;
    this.line(`if(${condition}){`);
    this.branch(then);
    const afterThen = this.written;
    if (otherwise !== undefined) {
      this.line("}else{");
      this.written = written;
      this.branch(otherwise);
    }
    this.line("}");
    this.written = afterThen === this.written ? afterThen : undefined;
  }

  // Environments and variables.

  /** The variable of JavaScript that holds the innermost environment; makes it. */
  private environment(): string {
    const innermost = this.environments[0];
    if (innermost !== undefined) return innermost;
    return this.ownEnvironment();
  }

  private ownEnvironment(): string {
    const own = this.own as OwnFrame;
    this.usesEnvironment = true;
    if (!this.isMade) {
      const slots = Array.from({ length: own.size - 1 }, (_, i) => `s${i + 1}`);
      this.line(`if(e0===undefined)e0=[${["o", ...slots].join(",")}];`);
      this.isMade = true;
    }
    return "e0";
  }

  private keyOf(depth: number, slot: number): string {
    return `${this.environments.length - 1 - depth}.${slot}`;
  }

  /** Where a slot of an environment around is, when it is in no variable of JavaScript. */
  private slotSource(depth: number, slot: number): string {
    const last = this.environments.length - 1;
    let source: string;
    if (depth <= last) {
      const environment = this.environments[depth];
      if (environment === undefined) return `s${slot}`;
      source = environment;
    } else {
      const outermost = this.environments[last];
      source = outermost === undefined ? "o" : `${outermost}[0]`;
      for (let i = last + 1; i < depth; i++) source += "[0]";
    }
    return `${source}[${slot}]`;
  }

  /** Puts what a variable of Nix holds, forced or not, into one of JavaScript. */
  private read(depth: number, slot: number): Known {
    const key = this.keyOf(depth, slot);
    let known = this.known.get(key);
    if (known === undefined) {
      known = { name: this.hold(this.slotSource(depth, slot)), isForced: false };
      this.known.set(key, known);
    }
    return known;
  }

  /** Sets a slot of the innermost environment. */
  private assign(slot: number, source: string): void {
    const key = this.keyOf(0, slot);
    if (this.environments[0] !== undefined) {
      const name = this.hold(source);
      this.line(`${this.environments[0]}[${slot}]=${name};`);
      this.known.set(key, { name, isForced: false });
      return;
    }
    this.line(`s${slot}=${source};`);
    this.line(`if(e0!==undefined)e0[${slot}]=s${slot};`);
    this.usesEnvironment = true;
    this.known.set(key, { name: `s${slot}`, isForced: false });
  }

  private force(known: Known, pos: Pos): string {
    const { name } = known;
    if (!known.isForced) {
      this.mark();
      this.line(`if(${name} instanceof Thunk)${name}=${name}.code===null?${name}.value:force(${name},${pos});`);
      known.isForced = true;
    }
    return name;
  }

  // Values.

  /** Writes the value as the result of the function. */
  tail(expr: Expr): void {
    switch (expr.kind) {
      case "if":
        this.choose(
          this.condition(expr),
          () => this.tail(expr.then),
          () => this.tail(expr.else),
        );
        return;
      case "let":
        this.scoped(expr.attrs.layout!.frame, () => {
          this.bind(expr.attrs);
          this.tail(expr.body);
        });
        return;
      case "with":
        this.bindWith(expr, () => this.tail(expr.body));
        return;
      case "assert":
        this.assertion(expr);
        this.tail(expr.body);
        return;
      default:
        this.line(`return ${this.value(expr)};`);
    }
  }

  /** Writes the computation of the value in weak head normal form; gives where it is: a name or a literal. */
  value(expr: Expr): string {
    switch (expr.kind) {
      case "int":
      case "float":
      case "string":
      case "path":
        return this.literal(expr);
      case "var":
        return this.variable(expr, expr.pos);
      case "concatStrings":
        return this.concatenation(expr);
      case "select":
        return this.selection(expr);
      case "hasAttr":
        return this.query(expr);
      case "attrs":
        return this.set(expr);
      case "list":
        if (expr.items.length === 0) return this.constant(emptyList);
        return this.hold(`[${expr.items.map((item) => this.delay(item)).join(",")}]`);
      case "lambda":
        return this.hold(`new Lambda(${this.constant(this.compiler.lambdaCode(expr))},${this.environment()},none)`);
      case "call":
        return this.call(expr);
      case "let":
        return this.held((result) =>
          this.scoped(expr.attrs.layout!.frame, () => {
            this.bind(expr.attrs);
            this.line(`${result}=${this.value(expr.body)};`);
          }),
        );
      case "with":
        return this.held((result) => this.bindWith(expr, () => this.line(`${result}=${this.value(expr.body)};`)));
      case "if":
        return this.held((result) =>
          this.choose(
            this.condition(expr),
            () => this.line(`${result}=${this.value(expr.then)};`),
            () => this.line(`${result}=${this.value(expr.else)};`),
          ),
        );
      case "assert":
        this.assertion(expr);
        return this.value(expr.body);
      case "not": {
        const { interpreter } = this;
        return `!${this.boolean(expr.expr, positionOf(expr.expr, interpreter), notPurpose(interpreter))}`;
      }
      case "binary":
        return this.binary(expr);
      case "curPos":
        return this.byClosures(expr);
    }
  }

  private held(write: (result: string) => void): string {
    const result = this.temporary();
    write(result);
    return result;
  }

  /** What is rare runs as closures. */
  private byClosures(expr: Expr): string {
    const code = this.constant(this.compiler.compile(expr));
    const environment = this.environment();
    this.mark();
    return this.hold(`${code}(${environment})`);
  }

  private literal(expr: Extract<Expr, { kind: "int" | "string" | "float" | "path" }>): string {
    switch (expr.kind) {
      case "int":
        // In parentheses, because a dot after it would be taken for one of a number.
        return typeof expr.value === "number" ? `(${expr.value})` : this.constant(expr.value);
      case "float":
        return this.constant(new NixFloat(expr.value));
      case "path":
        return this.constant(new NixPath(expr.value));
      case "string":
        return this.constant(expr.value);
    }
  }

  private variable(expr: VarExpr, pos: Pos): string {
    const binding = expr.binding!;
    switch (binding.kind) {
      case "slot":
        return this.force(this.read(binding.depth, binding.slot), pos);
      case "global": {
        const value = this.compiler.globals(expr.name);
        const name = this.constant(value);
        if (!(value instanceof Thunk)) return name;
        this.mark();
        return this.hold(`force(${name},${pos})`);
      }
      case "with":
        return this.byClosures(expr);
    }
  }

  private condition(expr: IfExpr): string {
    return this.boolean(expr.condition, expr.pos, branchPurpose);
  }

  /** What compileBoolean of compile-operators.ts does. */
  private boolean(expr: Expr, oldPos: Pos, purpose: string): string {
    const { interpreter } = this;
    const pos = interpreter.hasNewMessages ? positionOf(expr, interpreter) : oldPos;
    return this.within({ message: purpose, pos }, () => {
      const value = this.value(expr);
      if (isBoolean(expr)) return value;
      this.mark();
      this.line(`if(typeof ${value}!=="boolean")throw wrongType(I,"a Boolean",${value},${pos});`);
      return value;
    });
  }

  /** What compileOperand of compile-operators.ts does. */
  private operand(expr: Expr, purpose: string): string {
    const { interpreter } = this;
    if (!interpreter.hasNewMessages || isHarmless(expr)) return this.value(expr);
    return this.within({ message: purpose, pos: positionOf(expr, interpreter) }, () => this.value(expr));
  }

  private operands({ left, right, operator }: BinaryExpr): readonly [left: string, right: string] {
    const { interpreter } = this;
    return [
      this.operand(left, operandPurpose("left", operator, interpreter)),
      this.operand(right, operandPurpose("right", operator, interpreter)),
    ];
  }

  private binary(expr: BinaryExpr): string {
    const { operator } = expr;
    const pos = positionOf(expr, this.interpreter);
    switch (operator) {
      case "==":
      case "!=": {
        const [left, right] = this.operands(expr);
        this.mark();
        const isPlain = `typeof ${left}==="number"&&typeof ${right}==="number"||typeof ${left}==="string"&&typeof ${right}==="string"`;
        const equal = `I.callDepth<=I.maxCallDepth&&(${isPlain})?${left}===${right}:areEqual(I,${left},${right},${pos})`;
        return this.hold(operator === "==" ? equal : `!(${equal})`);
      }
      case "&&":
      case "||":
      case "->":
        return this.logic(expr);
      case "//":
        return this.update(expr);
      case "++": {
        const [left, right] = this.operands(expr);
        this.mark();
        return this.hold(`concatenateLists(I,${left},${right},${pos})`);
      }
    }
  }

  private logic({ operator, left, right, pos }: BinaryExpr): string {
    const { interpreter } = this;
    const result = this.temporary();
    const first = this.boolean(left, pos, operandPurpose("left", operator, interpreter));
    this.line(`${result}=${operator === "->" ? `!${first}` : first};`);
    this.choose(
      operator === "&&" ? result : `!${result}`,
      () => this.line(`${result}=${this.boolean(right, pos, operandPurpose("right", operator, interpreter))};`),
      undefined,
    );
    return result;
  }

  private update({ left, right }: BinaryExpr): string {
    const { interpreter } = this;
    const operand = (expr: Expr, side: "left" | "right"): string => {
      if (expr.kind === "binary" && expr.operator === "//") return this.update(expr);
      const pos = positionOf(expr, interpreter);
      return this.within({ message: operandPurpose(side, "//", interpreter), pos }, () => {
        const value = this.value(expr);
        if (expr.kind === "attrs") return value;
        this.mark();
        this.line(`if(!(${value} instanceof AttrSet))throw wrongType(I,"a set",${value},${noPos});`);
        return value;
      });
    };
    const added = operand(right, "right");
    const base = operand(left, "left");
    return this.hold(`${base}.update(${added})`);
  }

  private concatenation(expr: ConcatStringsExpr): string {
    const { parts, forceString } = expr;
    const site = new ConcatenationSite(this.interpreter, expr);
    const siteName = this.constant(site);
    const write = (index: number): string => {
      const part = parts[index] as (typeof parts)[0];
      return this.operand(part.expr, additionPurpose);
    };
    const hint = (index: number): ErrorFrame => ({
      message: partPurpose,
      pos: site.positions[index] as Pos,
      isHint: true,
    });
    const state = this.temporary();
    if (parts.length === 2 && !forceString) {
      const first = this.within(hint(0), () => {
        const value = write(0);
        this.mark();
        this.line(`${state}=undefined;`);
        this.line(`if(typeof ${value}==="string"){if(I.callDepth>I.maxCallDepth)${siteName}.checkDepth(0);}`);
        this.line(
          `else if(typeof ${value}!=="number"){${state}=new Concatenation(${siteName},"");${state}.add(0,${value});}`,
        );
        return value;
      });
      const result = this.within(hint(1), () => {
        const second = write(1);
        this.mark();
        const result = this.temporary();
        this.line(
          `if(${state}===undefined){if(!(typeof ${first}==="number"&&typeof ${second}==="number"&&(${result}=${first}+${second})<=${Number.MAX_SAFE_INTEGER}&&${result}>=${Number.MIN_SAFE_INTEGER}))${result}=${siteName}.concatenate(${first},${second});}`,
        );
        this.line(`else ${state}.add(1,${second});`);
        return result;
      });
      this.mark();
      this.line(`if(${state}!==undefined)${result}=${state}.finish();`);
      return result;
    }
    const text = this.temporary();
    this.line(`${state}=undefined;${text}="";`);
    for (let index = 0; index < parts.length; index++) {
      this.within(hint(index), () => {
        const value = write(index);
        this.mark();
        this.line(
          `if(${state}===undefined&&typeof ${value}==="string"){if(I.callDepth>I.maxCallDepth)${siteName}.checkDepth(${index});${text}+=${value};}`,
        );
        this.line(
          `else{if(${state}===undefined)${state}=new Concatenation(${siteName},${text});${state}.add(${index},${value});}`,
        );
      });
    }
    this.mark();
    return this.hold(`${state}===undefined?${text}:${state}.finish()`);
  }

  private target(expr: Expr): string {
    const { interpreter } = this;
    if (!interpreter.hasNewMessages) return this.value(expr);
    const pos = positionOf(expr, interpreter);
    return this.within({ message: targetPurpose, pos }, () => this.value(expr));
  }

  private selection(expr: SelectExpr): string {
    const known = this.knownBuiltin(expr);
    if (known !== undefined) return this.constant(known);
    const target = this.target(expr.expr);
    const [first] = expr.path;
    const pos = positionOf(expr, this.interpreter);
    if (expr.path.length > 1 || first?.kind !== "static") return this.selectionByPath(expr, target);
    const site = this.constant(new SelectionSite(this.interpreter, first.name, pos));
    this.mark();
    if (expr.fallback === undefined) {
      const found = this.hold(
        `${target} instanceof AttrSet&&${target}.flatShape===${site}.shape?${target}.flatValues[${site}.index]:${site}.select(${target})`,
      );
      this.forceFound(site, target, found);
      return found;
    }
    const { fallback } = expr;
    const found = this.hold(`${target} instanceof AttrSet?${site}.find(${target}):undefined`);
    const frame = { message: attributePurpose(printAttrName(first.name)), pos };
    this.choose(
      `${found}===undefined`,
      () => {
        this.within(this.interpreter.hasNewMessages ? frame : undefined, () => {
          this.line(`${found}=${this.value(fallback)};`);
        });
      },
      () => this.forceFound(site, target, found),
    );
    return found;
  }

  private forceFound(site: string, target: string, found: string): void {
    this.mark();
    this.line(
      `if(${found} instanceof Thunk)${found}=${found}.code===null?${found}.value:${site}.force(${target},${found});`,
    );
  }

  /** Where all sets on the way look as they did last time and nothing is to be forced, the value is found here. */
  private selectionByPath(expr: SelectExpr, target: string): string {
    const path = new SelectionPath(this.compiler, expr);
    const pathName = this.constant(path);
    const environment = mayEvaluate(expr) ? this.environment() : "undefined";
    this.mark();
    const slow = `${pathName}.select(${target},${environment})`;
    const { sites } = path;
    if (sites === undefined) return this.hold(slow);
    const conditions: string[] = [];
    let current = target;
    for (const each of sites) {
      const site = this.constant(each);
      const next = this.temporary();
      conditions.push(
        `${current} instanceof AttrSet`,
        `${current}.flatShape===${site}.shape`,
        `(!((${next}=${current}.flatValues[${site}.index]) instanceof Thunk)||${next}.code===null&&(${next}=${next}.value,true))`,
      );
      current = next;
    }
    return this.hold(`${conditions.join("&&")}?${current}:${slow}`);
  }

  private query(expr: HasAttrExpr): string {
    const { interpreter } = this;
    const pos = positionOf(expr.expr, interpreter);
    const frame = interpreter.hasNewMessages ? { message: queryPurpose, pos } : undefined;
    const target = this.within(frame, () => this.value(expr.expr));
    const path = new QueriedPath(this.compiler, expr);
    const { sites } = path;
    if (sites?.length === 1) {
      return this.hold(`${target} instanceof AttrSet&&${this.constant(sites[0])}.find(${target})!==undefined`);
    }
    const environment = sites === undefined ? this.environment() : "undefined";
    this.mark();
    return this.hold(`${this.constant(path)}.isIn(${target},${environment})`);
  }

  /** `builtins.name`, or a builtin that has a name of its own. */
  private knownBuiltin(expr: Expr): Builtin | undefined {
    let value: Lazy | undefined;
    if (expr.kind === "var" && expr.binding?.kind === "global") value = this.compiler.globals(expr.name);
    else if (expr.kind === "select" && expr.expr.kind === "var" && expr.expr.binding?.kind === "global") {
      const [first] = expr.path;
      const set = this.compiler.globals(expr.expr.name);
      if (set instanceof AttrSet && expr.path.length === 1 && first?.kind === "static") value = set.get(first.name);
    }
    return value instanceof Builtin ? value : undefined;
  }

  private set(expr: AttrsExpr): string {
    if (expr.recursive || expr.dynamic.length > 0) return this.byClosures(expr);
    if (expr.attrs.size === 0) return this.hold(`${this.constant(emptySet(this.interpreter, expr.pos))}()`);
    const { definitions, shape, positions } = layoutOf(expr);
    const sources = expr.inheritFrom.map((from) => this.delay(from));
    const values = definitions.map(([, def]) => this.definition(expr, def, sources));
    const args = [this.constant(shape), `[${values.join(",")}]`, this.constant(positions), expr.pos];
    return this.hold(`new AttrSet(${args.join(",")})`);
  }

  private definition(expr: AttrsExpr, def: AttrDef, sources: readonly string[]): string {
    if (def.kind !== "inheritedFrom") return this.delay(def.value);
    const code = this.constant(inheritedCode(this.interpreter, expr, def));
    return this.hold(`Thunk.of(${code},[${sources[def.from]}])`);
  }

  private call(expr: CallExpr): string {
    const { pos } = expr;
    if (isArithmetic(expr)) {
      const builtin = this.compiler.globals((expr.fn as VarExpr).name);
      if (builtin instanceof Builtin) return this.arithmetic(expr, builtin);
    }
    const count = expr.args.length;
    const builtin = this.knownBuiltin(expr.fn);
    if (builtin?.arity === count) return this.callBuiltin(expr, builtin);
    const callee = this.value(expr.fn);
    const code = this.temporary();
    this.line(`${code}=${callee} instanceof Lambda&&${callee}.bound.length===0?${callee}.code:undefined;`);
    const args = expr.args.map((arg, index) => this.argument(arg, index, code));
    this.mark();
    const result = this.temporary();
    const given = count > 2 ? this.hold(`[${args.join(",")}]`) : args.join(",");
    const [enter, apply] = callNames(count);
    this.line(
      `if(${code}!==undefined&&${code}.arity===${count}&&I.callDepth<=I.plainCallDepth){I.callDepth++;M.spend(1);` +
        `${result}=${code}.${enter}(${callee}.environment,${given},${pos});I.callDepth--;}` +
        `else ${result}=${apply}(I,${callee},${given},${pos});`,
    );
    return result;
  }

  private callBuiltin(expr: CallExpr, builtin: Builtin): string {
    const { pos } = expr;
    const args = expr.args.map((arg) => this.delay(arg));
    const name = this.constant(builtin);
    const result = this.temporary();
    this.mark();
    this.line("if(I.callDepth<=I.plainCallDepth){I.callDepth++;M.spend(1);");
    const before = this.written;
    this.within(frameOf(builtin, pos), () => {
      this.mark();
      this.line(`${result}=${name}.run(${pos},${args.join(",")});I.callDepth--;}`);
    });
    if (this.written !== before) this.written = undefined;
    const [, apply] = callNames(args.length);
    const given = args.length > 2 ? `[${args.join(",")}]` : args.join(",");
    this.line(`else ${result}=${apply}(I,${name},${given},${pos});`);
    return result;
  }

  private arithmetic(expr: CallExpr, builtin: Builtin): string {
    const { pos } = expr;
    const name = this.constant(builtin);
    this.mark();
    this.line(`if(I.callDepth>I.maxCallDepth)I.checkDepth(${pos});`);
    const [left, right] = expr.args.map(asArgument) as [Expr, Expr];
    const isSimple = this.isForced(left) && this.isForced(right);
    if (!isSimple) this.line("I.callDepth++;");
    const [a, b] = this.within(frameOf(builtin, pos), () => [this.value(left), this.value(right)]);
    if (!isSimple) this.line("I.callDepth--;");
    this.mark();
    const result = this.temporary();
    const numbers = `typeof ${a}==="number"&&typeof ${b}==="number"`;
    const slow = `${result}=applyTwo(I,${name},${a},${b},${pos});`;
    const inRange = `${result}<=${Number.MAX_SAFE_INTEGER}&&${result}>=${Number.MIN_SAFE_INTEGER}`;
    switch ((expr.fn as VarExpr).name) {
      case "__sub":
        this.line(`if(!(${numbers}&&(${result}=${a}-${b},${inRange})))${slow}`);
        break;
      case "__mul":
        this.line(`if(!(${numbers}&&(${result}=${a}*${b}+0,${inRange})))${slow}`);
        break;
      case "__div":
        this.line(`if(${numbers}&&${b}!==0)${result}=Math.trunc(${a}/${b})+0;else ${slow}`);
        break;
      default:
        this.line(`if(${numbers}||typeof ${a}==="string"&&typeof ${b}==="string")${result}=${a}<${b};else ${slow}`);
    }
    return result;
  }

  /** Whether evaluating it here does nothing. */
  private isForced(expr: Expr): boolean {
    if (expr.kind === "int") return true;
    if (expr.kind !== "var" || expr.binding?.kind !== "slot") return false;
    return this.known.get(this.keyOf(expr.binding.depth, expr.binding.slot))?.isForced ?? false;
  }

  // What is delayed.

  /** An argument: arithmetic on integers that are there, for a function that begins by forcing it, is done at once. */
  private argument(expr: Expr, index: number, code: string): string {
    const eager = index < mostStrictParameters ? this.eagerly(expr) : undefined;
    if (eager === undefined) return this.delay(expr);
    const result = this.temporary();
    this.line(
      `if(!(${code}!==undefined&&(${code}.strictParameters&${1 << index})!==0&&I.callDepth<I.eagerCallDepth&&${eager.test}&&(${result}=${eager.source},${result}<=${Number.MAX_SAFE_INTEGER}&&${result}>=${Number.MIN_SAFE_INTEGER}))){`,
    );
    this.branch(() => this.line(`${result}=${this.delay(expr)};`));
    this.line("}");
    return result;
  }

  private eagerly(expr: Expr): { readonly test: string; readonly source: string } | undefined {
    const operation = eagerOperation(expr);
    if (operation === undefined) return undefined;
    const { operator, operands } = operation;
    const tests: string[] = [];
    const sources: string[] = [];
    for (const operand of operands) {
      if (operand.kind === "int" && typeof operand.value === "number") sources.push(this.literal(operand));
      else if (operand.kind === "var" && operand.binding?.kind === "slot") {
        const { depth, slot } = operand.binding;
        const known = this.known.get(this.keyOf(depth, slot));
        if (known === undefined) return undefined;
        tests.push(`typeof ${known.name}==="number"`);
        sources.push(known.name);
      } else return undefined;
    }
    if (tests.length === 0) return undefined;
    return { test: tests.join("&&"), source: `${sources.join(operator)}${operator === "*" ? "+0" : ""}` };
  }

  /** What holds the value of a delayed expression: see Compiler.delay. */
  private delay(expr: Expr): string {
    switch (expr.kind) {
      case "int":
      case "string":
      case "float":
      case "path":
        return this.literal(expr);
      case "list":
        if (expr.items.length === 0) return this.constant(emptyList);
        break;
      case "var": {
        const binding = expr.binding!;
        if (binding.kind === "slot") return this.read(binding.depth, binding.slot).name;
        if (binding.kind === "global") return this.constant(this.compiler.globals(expr.name));
        return this.hold(`Thunk.of(${this.constant(this.compiler.compile(expr))},${this.environment()})`);
      }
      default:
    }
    return this.delayAlways(expr);
  }

  private delayAlways(expr: Expr): string {
    const captured = new Captures();
    if (captured.gather(expr) && captured.variables.size <= 1) {
      const [variable] = captured.variables.values();
      if (variable === undefined) return this.hold(`Thunk.of(${this.module.delayedOfOne(expr, undefined)},undefined)`);
      if (!this.unmade.has(this.keyOf(variable.depth, variable.slot))) {
        const { name } = this.read(variable.depth, variable.slot);
        return this.hold(`Thunk.of(${this.module.delayedOfOne(expr, variable)},${name})`);
      }
    }
    const environment = this.environment();
    return this.hold(`Thunk.of(${this.module.delayed(expr)},${environment})`);
  }

  // Bindings.

  /** Writes what is in a frame of its own, if it has one. */
  private scoped(frame: { readonly size: number } | undefined, write: () => void): void {
    if (frame === undefined) {
      write();
      return;
    }
    const outer = this.environment();
    const name = this.hold(`newEnvironment(${frame.size},${outer})`);
    this.environments.unshift(name);
    write();
    const level = `${this.environments.length - 1}.`;
    for (const key of this.known.keys()) if (key.startsWith(level)) this.known.delete(key);
    this.environments.shift();
  }

  /** What compileBindings of compile-attrs.ts does. */
  private bind(attrs: AttrsExpr): void {
    const { firstSlot } = attrs.layout!;
    const definitions = [...attrs.attrs];
    const order = this.interpreter.symbols.order(definitions.map(([name]) => name));
    for (const index of order) {
      const key = this.keyOf(0, firstSlot + index);
      this.known.delete(key);
      this.unmade.add(key);
    }
    const sources = attrs.inheritFrom.map((from) => (this.isUnmade(from) ? this.delayAlways(from) : this.delay(from)));
    for (const index of order) {
      const def = (definitions[index] as (typeof definitions)[0])[1];
      const slot = firstSlot + index;
      const isUnready = def.kind !== "inheritedFrom" && this.isUnmade(def.value);
      const source = isUnready ? this.delayAlways(def.value) : this.definition(attrs, def, sources);
      this.unmade.delete(this.keyOf(0, slot));
      this.assign(slot, source);
    }
  }

  /** Whether it is a variable that is not there yet. */
  private isUnmade(expr: Expr): boolean {
    if (expr.kind !== "var" || expr.binding?.kind !== "slot") return false;
    return this.unmade.has(this.keyOf(expr.binding.depth, expr.binding.slot));
  }

  private bindWith(expr: WithExpr, write: () => void): void {
    const { frame, firstSlot } = expr.layout!;
    const attrs = this.delay(expr.attrs);
    this.scoped(frame, () => {
      this.assign(firstSlot, attrs);
      write();
    });
  }

  private assertion(expr: Extract<Expr, { kind: "assert" }>): void {
    const condition = this.boolean(expr.condition, expr.pos, assertPurpose);
    const fail = this.constant((environment: Environment) => assertionError(this.compiler, expr, environment));
    this.line(`if(!${condition}){`);
    this.branch(() => {
      const environment = this.environment();
      this.mark();
      this.line(`throw ${fail}(${environment});`);
    });
    this.line("}");
  }
}

/** An operation on two integers that may be computed before it is needed, and what it is in JavaScript. */
function eagerOperation(expr: Expr): { readonly operator: string; readonly operands: readonly Expr[] } | undefined {
  if (expr.kind === "concatStrings") {
    if (expr.forceString || expr.parts.length !== 2) return undefined;
    return { operator: "+", operands: expr.parts.map((part) => part.expr) };
  }
  if (expr.kind !== "call" || !isArithmetic(expr)) return undefined;
  const operator = { __sub: "-", __mul: "*" }[(expr.fn as VarExpr).name];
  return operator === undefined ? undefined : { operator, operands: expr.args };
}

function frameOf(builtin: Builtin, pos: Pos): ErrorFrame | undefined {
  return builtin.untraced ? undefined : { message: builtinPurpose(builtin), pos };
}

/** The ways to call a compiled lambda, and anything, with so many arguments. */
function callNames(count: number): readonly [enter: string, apply: string] {
  if (count === 1) return ["enterOne", "applyOne"];
  return count === 2 ? ["enterTwo", "applyTwo"] : ["enterAll", "callFunction"];
}

/** Whether the value, when there is one, is a Boolean in any case. */
function isBoolean(expr: Expr): boolean {
  switch (expr.kind) {
    case "not":
    case "hasAttr":
      return true;
    case "binary":
      return expr.operator !== "//" && expr.operator !== "++";
    default:
      return false;
  }
}

/** Whether the path or what stands for a missing attribute has expressions that need an environment. */
function mayEvaluate({ path, fallback }: SelectExpr): boolean {
  if (path.some((name) => name.kind === "dynamic")) return true;
  switch (fallback?.kind) {
    case undefined:
    case "int":
    case "float":
    case "string":
    case "path":
      return false;
    case "list":
      return fallback.items.length > 0;
    case "attrs":
      return fallback.attrs.size + fallback.dynamic.length > 0;
    case "var":
      return fallback.binding?.kind !== "global";
    default:
      return true;
  }
}
