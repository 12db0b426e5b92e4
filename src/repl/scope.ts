// The names of a session and the evaluation of what is typed. As in C++ Nix, an expression means the values that its
// names have when it is entered: binding a name again changes nothing that was entered before.
import type { Evaluation } from "../api/evaluation.ts";
import { namesInScope } from "../api/names-in-scope.ts";
import { Compiler } from "../evaluator/compile.ts";
import { newEnvironment } from "../evaluator/environment.ts";
import { resolveNames } from "../evaluator/resolve.ts";
import type { AttrsExpr, Expr } from "../parser/ast.ts";
import { NixError } from "../source/nix-error.ts";
import { suggestNames } from "../source/suggestions.ts";
import type { AttrSet } from "../value/attr-set.ts";
import { force } from "../value/thunk.ts";
import type { Lazy, Value } from "../value/value.ts";
import { parseCodeOf, parseExpression } from "./input.ts";

/** Every name is close to one that is shorter. */
const shortestSuggested = 3;

export class SessionScope {
  private readonly evaluation: Evaluation;
  /** Replaced, never changed, since code that is not compiled yet looks its names up later. */
  private bound: ReadonlyMap<string, Lazy> = new Map();

  constructor(evaluation: Evaluation) {
    this.evaluation = evaluation;
  }

  /** Forgets every name. */
  clear(): void {
    this.bound = new Map();
  }

  /** Gives names to the attributes of a set. */
  add(set: AttrSet): void {
    const bound = new Map(this.bound);
    for (const [index, name] of set.names.entries()) bound.set(name, set.values[index] as Lazy);
    this.bound = bound;
  }

  /** The names of the session, of the language and of the prelude; what the prelude has is evaluated for it. */
  names(): ReadonlySet<string> {
    return new Set([...this.bound.keys(), ...this.evaluation.interpreter.globals.keys(), ...this.preludeNames()]);
  }

  /** The value of a text, forced. Throws IncompleteInput and NixError. */
  evaluateText(text: string): Value {
    return this.evaluate(parseExpression(this.evaluation, text));
  }

  /** The value of an expression, forced. Throws NixError; at once for an undefined variable in any part of it. */
  evaluate(expr: Expr): Value {
    const { interpreter, prelude } = this.evaluation;
    const { bound } = this;
    const lookUp = (name: string): Lazy | undefined => {
      const own = bound.get(name);
      return own === undefined ? interpreter.globals.get(name) : own;
    };
    const outer = {
      isGlobal: (name: string) => lookUp(name) !== undefined,
      scope: [],
      isInPrelude: (name: string) => prelude !== undefined && (force(prelude.names) as AttrSet).has(name),
    };
    const frame = resolveNames(expr, outer, interpreter.symbols);
    const compiler = new Compiler(interpreter, (name) => lookUp(name) as Lazy, prelude?.names);
    return compiler.compile(expr)(newEnvironment(frame.size, []));
  }

  /** Binds the names of bindings; they do not see each other. */
  bind(bindings: AttrsExpr): void {
    this.add(this.evaluate(bindings) as AttrSet);
  }

  /** Adds suggestions to the error of an undefined variable in what was typed. */
  suggest(error: NixError): void {
    const { interpreter, prelude } = this.evaluation;
    if (prelude === undefined || error.kind !== "undefinedVariable") return;
    const source = interpreter.positions.sourceOf(error.pos);
    if (source?.origin.kind !== "string") return;
    const code = parseCodeOf(this.evaluation, source);
    const found = namesInScope(code.kind === "bindings" ? code.attrs : code.expr, error.pos);
    if (found === undefined || found.name.length < shortestSuggested) return;
    error.suggest(suggestNames(new Set([...found.bound, ...this.names()]), found.name));
  }

  private preludeNames(): readonly string[] {
    const { prelude } = this.evaluation;
    if (prelude === undefined) return [];
    try {
      return (force(prelude.names) as AttrSet).names;
    } catch (error) {
      if (!(error instanceof NixError)) throw error;
      return [];
    }
  }
}
