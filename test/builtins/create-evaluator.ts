// Evaluators for tests of builtins end to end: all builtins, nothing on the disk.
import { builtinDefinitions, constantDefinitions } from "../../src/builtins/registry.ts";
import { Evaluator } from "../../src/evaluator/evaluator.ts";
import { defaultSettings, type Settings } from "../../src/evaluator/settings.ts";
import { createMemoryHost } from "../../src/host/memory-host.ts";
import { VirtualStore } from "../../src/store/virtual-store.ts";

export function createEvaluator(settings: Partial<Settings> = {}): Evaluator {
  const host = createMemoryHost();
  return new Evaluator({
    host,
    store: new VirtualStore({ files: host.files }),
    settings: { ...defaultSettings, ...settings },
    builtins: builtinDefinitions,
    constants: constantDefinitions,
  });
}
