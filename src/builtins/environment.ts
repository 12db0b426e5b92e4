// What a program can learn of the machine and of the evaluation: environment, clock, platform, version, search path.
import type { ConstantDefinition } from "../evaluator/evaluator.ts";
import { expectPlainString } from "../evaluator/expect.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { shownSearchPath } from "../evaluator/settings.ts";
import { noPos } from "../source/position.ts";
import { AttrSet } from "../value/attr-set.ts";
import type { BuiltinDefinition } from "../value/function.ts";
import { Thunk } from "../value/thunk.ts";
import type { Lazy } from "../value/value.ts";

/** The version of C++ Nix whose language this is. */
const nixVersion = "2.34.8";

export const environmentBuiltins: readonly BuiltinDefinition<Interpreter>[] = [
  {
    name: "getEnv",
    parameters: ["s"],
    doc: "The value of an environment variable; empty when it is not set, and in restricted and pure evaluation.",
    run: (interpreter, _pos, name: Lazy) => {
      const purpose = "while evaluating the first argument passed to builtins.getEnv";
      const variable = expectPlainString(interpreter, name, noPos, purpose);
      const { pureEval, restrictEval } = interpreter.settings;
      return pureEval || restrictEval ? "" : (interpreter.host.env(variable) ?? "");
    },
  },
];

export const environmentConstants: readonly ConstantDefinition[] = [
  // Who does not look at the time does not depend on it.
  {
    name: "currentTime",
    value: ({ host, settings }) => (settings.pureEval ? undefined : Thunk.found(() => host.now())),
  },
  { name: "currentSystem", value: ({ settings }) => (settings.pureEval ? undefined : settings.system) },
  { name: "nixVersion", value: () => nixVersion },
  { name: "storeDir", value: ({ store }) => store.storeDir },
  // The number of the language, which C++ Nix last raised in 2012.
  { name: "langVersion", value: () => 6 },
  {
    name: "nixPath",
    value: ({ settings }) =>
      shownSearchPath(settings).map(({ prefix, path }) =>
        AttrSet.from([
          ["path", path],
          ["prefix", prefix],
        ]),
      ),
  },
];
