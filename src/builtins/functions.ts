// Looking into functions.
import type { Interpreter } from "../evaluator/interpreter.ts";
import { NixError } from "../source/nix-error.ts";
import { AttrSet, Shape } from "../value/attr-set.ts";
import { type BuiltinDefinition, isFunction, Lambda, type LambdaStage } from "../value/function.ts";
import { force } from "../value/thunk.ts";
import type { Lazy } from "../value/value.ts";

/** Every call gives a set of its own, as printing shows, but what is in it is found once. */
const knownArgs = new WeakMap<LambdaStage, AttrSet>();

export const functionBuiltins: readonly BuiltinDefinition<Interpreter>[] = [
  {
    name: "functionArgs",
    parameters: ["f"],
    doc: "The names in a function's `{ … }` parameter, and whether each has a default. Nothing for other functions.",
    run: (_interpreter, _pos, lazy: Lazy) => {
      const fn = force(lazy);
      if (!isFunction(fn)) throw new NixError("type", "'functionArgs' requires a function");
      if (!(fn instanceof Lambda)) return AttrSet.empty;
      const { stage } = fn;
      let args = knownArgs.get(stage);
      if (args === undefined) {
        args = makeArgs(stage);
        knownArgs.set(stage, args);
      }
      if (args.size === 0) return AttrSet.empty;
      return new AttrSet(args.shape, args.values, args.positions);
    },
  },
];

function makeArgs({ formals = [] }: LambdaStage): AttrSet {
  const sorted = formals.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return new AttrSet(
    Shape.intern(sorted.map(({ name }) => name)),
    sorted.map(({ hasDefault }) => hasDefault),
    sorted.map(({ pos }) => pos),
  );
}
