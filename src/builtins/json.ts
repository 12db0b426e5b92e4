// JSON in programs.
import { ContextCollector } from "../evaluator/coerce.ts";
import { expectPlainString } from "../evaluator/expect.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { toJson, valueFromJson } from "../evaluator/json.ts";
import { noPos } from "../source/position.ts";
import type { BuiltinDefinition } from "../value/function.ts";
import { stringWithContext } from "../value/string-context.ts";
import type { Lazy } from "../value/value.ts";

export const jsonBuiltins: readonly BuiltinDefinition<Interpreter>[] = [
  {
    name: "toJSON",
    parameters: ["e"],
    doc: "The value as a JSON text; derivations become their output paths, paths are copied to the store.",
    run: (interpreter, _pos, e: Lazy) => {
      const collector = new ContextCollector();
      return stringWithContext(toJson(interpreter, e, noPos, collector), collector.context);
    },
  },
  {
    name: "fromJSON",
    parameters: ["e"],
    doc: "The value of a JSON text.",
    run: (interpreter, _pos, e: Lazy) => {
      const purpose = "while evaluating the first argument passed to builtins.fromJSON";
      return valueFromJson(interpreter, expectPlainString(interpreter, e, noPos, purpose));
    },
  },
];
