// Calling builtins directly, with values made here.
import { Interpreter } from "../../src/evaluator/interpreter.ts";
import { defaultSettings } from "../../src/evaluator/settings.ts";
import { createMemoryHost } from "../../src/host/memory-host.ts";
import { noPos } from "../../src/source/position.ts";
import { VirtualStore } from "../../src/store/virtual-store.ts";
import type { BuiltinDefinition } from "../../src/value/function.ts";
import type { Lazy, Value } from "../../src/value/value.ts";

export function createInterpreter(): Interpreter {
  const host = createMemoryHost();
  return new Interpreter(host, new VirtualStore({ files: host.files }), defaultSettings);
}

/** The builtin of this name, ready to be called. */
export function builtinOf(
  definitions: readonly BuiltinDefinition<Interpreter>[],
  name: string,
  interpreter: Interpreter = createInterpreter(),
): (...args: Lazy[]) => Value {
  const definition = definitions.find((candidate) => candidate.name === name);
  if (definition === undefined) throw new Error(`no builtin '${name}'`);
  return (...args) => definition.run(interpreter, noPos, ...args);
}
