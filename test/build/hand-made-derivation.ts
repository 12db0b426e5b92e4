// Derivations without an evaluator.
import type { Derivation, DerivationOutput } from "../../src/store/derivation.ts";
import type { StorePath } from "../../src/store/eval-store.ts";
import type { VirtualStore } from "../../src/store/virtual-store.ts";

export interface HandMade {
  readonly name?: string;
  readonly builder?: string;
  readonly outputs?: Readonly<Record<string, Partial<DerivationOutput>>>;
  /** In any order. */
  readonly inputDrvs?: Readonly<Record<StorePath, readonly string[]>>;
  readonly inputSrcs?: readonly StorePath[];
  readonly env?: Readonly<Record<string, string>>;
  /** Structured attributes. */
  readonly attributes?: unknown;
}

/** Adds the derivation, with its output paths filled in, and gives its `drvPath`. */
export function addHandMade(store: VirtualStore, handMade: HandMade): StorePath {
  const { name = "made", builder = "builtin:files", outputs = { out: {} }, attributes } = handMade;
  const env = { ...handMade.env, ...(attributes !== undefined && { __json: JSON.stringify(attributes) }) };
  const derivation: Derivation = {
    name,
    outputs: sorted(
      Object.entries(outputs).map(([key, output]) => [key, { path: "", hashAlgo: "", hash: "", ...output }]),
    ),
    inputDrvs: sorted(Object.entries(handMade.inputDrvs ?? {}).map(([key, names]) => [key, names.toSorted()])),
    inputSrcs: (handMade.inputSrcs ?? []).toSorted(),
    system: "builtin",
    builder,
    args: [],
    env: sorted(Object.entries(env)),
  };
  return store.addDerivation(store.fillIn(derivation));
}

function sorted<Value>(entries: [string, Value][]): ReadonlyMap<string, Value> {
  return new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The path of an output. */
export function outputOf(store: VirtualStore, drvPath: StorePath, name = "out"): StorePath {
  return store.readDerivation(drvPath).outputs.get(name)!.path;
}
