// One evaluation: an interpreter with its globals, and the ways into it. It never imports the builtins; they are given.
import type { Host } from "../host/host.ts";
import { NixError } from "../source/nix-error.ts";
import type { Origin } from "../source/position.ts";
import { isStackOverflow } from "../source/stack-overflow.ts";
import type { EvalStore } from "../store/eval-store.ts";
import { AttrSet } from "../value/attr-set.ts";
import { Builtin, type BuiltinDefinition } from "../value/function.ts";
import { Thunk } from "../value/thunk.ts";
import { type Lazy, NixPath, type Value } from "../value/value.ts";
import type { Prelude } from "./compile.ts";
import { evaluateEntryFile, evaluateText, importFile } from "./import.ts";
import { Interpreter } from "./interpreter.ts";
import type { Settings } from "./settings.ts";

/** A member of `builtins` that is not a function. */
export interface ConstantDefinition {
  readonly name: string;
  /** Without it, programs reach it as `__name` as well as `builtins.name`. */
  readonly global?: boolean;
  /** Left out when undefined, as `currentTime` is in pure evaluation. */
  readonly value: (interpreter: Interpreter) => Lazy | undefined;
}

export interface EvaluatorOptions {
  readonly host: Host;
  readonly store: EvalStore;
  readonly settings: Settings;
  readonly builtins: readonly BuiltinDefinition<Interpreter>[];
  readonly constants: readonly ConstantDefinition[];
  /** The package set that ocinix brings, and the builtins that only its files see. */
  readonly embedded?: { readonly dir: string; readonly builtins: readonly BuiltinDefinition<Interpreter>[] };
}

export class Evaluator {
  readonly interpreter: Interpreter;

  constructor({ host, store, settings, builtins, constants, embedded }: EvaluatorOptions) {
    const interpreter = new Interpreter(host, store, settings);
    this.interpreter = interpreter;
    interpreter.globals = makeGlobals(interpreter, builtins, constants);
    if (embedded !== undefined) {
      interpreter.embedded = {
        dir: embedded.dir,
        globals: new Map(
          embedded.builtins.map((definition) => [definition.name, bindBuiltin(interpreter, definition)]),
        ),
      };
    }
  }

  /** Parses a text (a byte string) and evaluates it to weak head normal form. Throws NixError. */
  evaluateText(text: string, origin: Origin, baseDir: string, prelude?: Prelude): Value {
    return this.guarded(() => evaluateText(this.interpreter, text, { origin, baseDir, prelude }));
  }

  /** Evaluates a file, or a folder's default.nix, as `import` does. With a prelude, nothing is remembered. */
  evaluateFile(path: string, prelude?: Prelude): Value {
    const nixPath = new NixPath(path);
    return this.guarded(() =>
      prelude === undefined
        ? importFile(this.interpreter, nixPath)
        : evaluateEntryFile(this.interpreter, nixPath, prelude),
    );
  }

  /** Runs part of the evaluation: a full JavaScript stack, or a value too large for one, becomes an error of the program. */
  guarded<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      if (isStackOverflow(error)) {
        throw new NixError("stackOverflow", "stack overflow (possible infinite recursion)");
      }
      if (error instanceof RangeError && tooLarge.has(error.message)) throw new NixError("eval", "out of memory");
      throw error;
    } finally {
      this.interpreter.callDepth = 0;
    }
  }
}

/** What V8 says about strings, arrays and buffers that it cannot make. */
const tooLarge: ReadonlySet<string> = new Set([
  "Invalid string length",
  "Invalid array length",
  "Array buffer allocation failed",
]);

function bindBuiltin(interpreter: Interpreter, definition: BuiltinDefinition<Interpreter>): Builtin {
  const { name, parameters, untraced = false, doc } = definition;
  const isUntraced = untraced === "until 2.36" ? !interpreter.hasNewMessages : untraced;
  return new Builtin(name, parameters.length, isUntraced, doc, bindRun(interpreter, definition));
}

/** For the usual numbers of arguments without an array of them. */
function bindRun(interpreter: Interpreter, { run, parameters }: BuiltinDefinition<Interpreter>): Builtin["run"] {
  switch (parameters.length) {
    case 1:
      return (pos, first) => run(interpreter, pos, first as Lazy);
    case 2:
      return (pos, first, second) => run(interpreter, pos, first as Lazy, second as Lazy);
    case 3:
      return (pos, first, second, third) => run(interpreter, pos, first as Lazy, second as Lazy, third as Lazy);
    default:
      return (pos, ...args) => run(interpreter, pos, ...args);
  }
}

function makeGlobals(
  interpreter: Interpreter,
  builtins: readonly BuiltinDefinition<Interpreter>[],
  constants: readonly ConstantDefinition[],
): ReadonlyMap<string, Lazy> {
  const globals = new Map<string, Lazy>();
  const members: [string, Lazy][] = [];
  for (const definition of builtins) {
    const { name, feature, global = false } = definition;
    if (feature !== undefined && !interpreter.settings.experimentalFeatures.has(feature)) continue;
    const builtin = bindBuiltin(interpreter, definition);
    globals.set(global ? name : `__${name}`, builtin);
    members.push([name, builtin]);
  }
  for (const { name, global = false, value } of constants) {
    const constant = value(interpreter);
    if (constant === undefined) continue;
    globals.set(global ? name : `__${name}`, constant);
    members.push([name, constant]);
  }
  const self = Thunk.of(() => set, undefined);
  members.push(["builtins", self]);
  const set = AttrSet.from(members);
  globals.set("builtins", set);
  return globals;
}
