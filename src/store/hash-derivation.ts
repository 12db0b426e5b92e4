// What a derivation is identified by (`hashDerivationModulo`) and the store paths that follow from it. A derivation
// with fixed output counts by that output alone, so that how something is fetched changes no path downstream.

import { sortedUnique } from "./byte-order.ts";
import type { Derivation, DerivationOutput } from "./derivation.ts";
import { contentAddressOfOutput, DerivationPrinter, printDerivation } from "./derivation-aterm.ts";
import type { StorePath } from "./eval-store.ts";
import { hashBase16 } from "./hash.ts";
import { StoreError } from "./store-error.ts";
import { makeContentAddressedPath, makeOutputPath, makeStorePath, nameOfOutput } from "./store-path.ts";

/** A derivation as an input of others. All hashes are SHA-256 in base16. */
type HashModulo =
  /** Input-addressed: stands in for the path of its `.drv`. */
  | { readonly kind: "derivation"; readonly hash: string }
  /** Fixed outputs, by name. */
  | { readonly kind: "fixed"; readonly outputs: ReadonlyMap<string, string> }
  /** Its output paths are not known before it is built, and so are not those of what depends on it. */
  | { readonly kind: "deferred" };

/** What stands for the input derivations -> sorted output names; sorted. */
type HashedInputs = ReadonlyMap<string, readonly string[]>;

const deferred: HashModulo = { kind: "deferred" };
const unknownOutput: DerivationOutput = { path: "", hashAlgo: "", hash: "" };

/** The store path of the `.drv` file of a derivation whose outputs are filled in. */
export function drvPathOf(derivation: Derivation, text = printDerivation(derivation)): StorePath {
  const type = ["text", ...referencesOf(derivation)].join(":");
  return makeStorePath(type, `sha256:${hashBase16("sha256", text)}`, `${derivation.name}.drv`);
}

/** What a `.drv` file refers to: input derivations and sources, sorted. */
export function referencesOf({ inputSrcs, inputDrvs }: Derivation): readonly StorePath[] {
  return sortedUnique([...inputSrcs, ...inputDrvs.keys()]);
}

/** A derivation with its outputs filled in, and the path and text of its file. */
export interface FilledDerivation {
  readonly derivation: Derivation;
  readonly drvPath: StorePath;
  readonly text: string;
}

/** Computes output paths; remembers the hash of every derivation it was asked about, by `drvPath`. */
export class DerivationHashes {
  private readonly read: (drvPath: StorePath) => Derivation;
  private readonly known = new Map<StorePath, HashModulo>();

  /** `read` gives a derivation with its outputs filled in, or throws. */
  constructor(read: (drvPath: StorePath) => Derivation) {
    this.read = read;
  }

  /**
   * The output paths that are known before the build, by output name. Whether outputs and their variables in `env` are
   * filled in already makes no difference. Throws StoreError for a name or hash that Nix does not allow.
   */
  outputPaths(derivation: Derivation): ReadonlyMap<string, StorePath> {
    const complete = withOutputVariables(derivation);
    return outputPathsOf(complete, new DerivationPrinter(complete), () => this.hashedInputs(complete));
  }

  /**
   * The derivation with every known output path in its outputs and in the variables of the same names. Throws as
   * `outputPaths` does.
   */
  fillIn(derivation: Derivation): Derivation {
    const complete = withOutputVariables(derivation);
    return filledWith(complete, this.outputPaths(complete));
  }

  /** The same, with what else is known then; the hash is remembered. */
  instantiate(derivation: Derivation): FilledDerivation {
    const complete = withOutputVariables(derivation);
    const printer = new DerivationPrinter(complete);
    let hashed: { readonly inputs: HashedInputs | undefined } | undefined;
    const inputs = (): HashedInputs | undefined => {
      hashed ??= { inputs: this.hashedInputs(complete) };
      return hashed.inputs;
    };
    const paths = outputPathsOf(complete, printer, inputs);
    const filled = filledWith(complete, paths);
    const text = printer.print(filled.outputs, filled.inputDrvs, paths);
    const drvPath = drvPathOf(filled, text);
    if (!this.known.has(drvPath)) {
      const print = (replaced: HashedInputs): string => printer.print(filled.outputs, replaced, paths);
      this.known.set(drvPath, moduloOf(filled, inputs, print));
    }
    return { derivation: filled, drvPath, text };
  }

  /** What stands for the input derivations; undefined when one of them is deferred. */
  private hashedInputs(derivation: Derivation): HashedInputs | undefined {
    if (derivation.dynamicInputs !== undefined) return undefined;
    const inputs = new Map<string, readonly string[]>();
    const add = (hash: string, names: readonly string[]): void => {
      const before = inputs.get(hash);
      inputs.set(hash, before === undefined ? names : sortedUnique([...before, ...names]));
    };
    for (const [drvPath, names] of derivation.inputDrvs) {
      const modulo = this.modulo(drvPath);
      switch (modulo.kind) {
        case "deferred":
          return undefined;
        case "derivation":
          add(modulo.hash, names);
          break;
        case "fixed":
          for (const name of names) {
            const hash = modulo.outputs.get(name);
            if (hash === undefined) {
              const consumer = derivation.name;
              throw new StoreError("bad-derivation", `no hash for output '${name}' of derivation '${consumer}'`);
            }
            add(hash, ["out"]);
          }
      }
    }
    return sortedMap(inputs);
  }

  private modulo(drvPath: StorePath): HashModulo {
    const known = this.known.get(drvPath);
    if (known !== undefined) return known;
    // Inputs first, on a stack of our own: a chain of derivations may be longer than JavaScript's.
    const waiting: {
      readonly path: StorePath;
      readonly derivation: Derivation;
      readonly inputs: Iterator<StorePath>;
    }[] = [];
    const enter = (path: StorePath): void => {
      const derivation = this.read(path);
      waiting.push({ path, derivation, inputs: derivation.inputDrvs.keys() });
    };
    enter(drvPath);
    while (true) {
      const { path, derivation, inputs } = waiting.at(-1)!;
      const next = inputs.next();
      if (!next.done) {
        if (!this.known.has(next.value)) enter(next.value);
        continue;
      }
      const print = (hashed: HashedInputs): string =>
        new DerivationPrinter(derivation).print(derivation.outputs, hashed);
      const modulo = moduloOf(derivation, () => this.hashedInputs(derivation), print);
      this.known.set(path, modulo);
      waiting.pop();
      if (waiting.length === 0) return modulo;
    }
  }
}

function outputPathsOf(
  derivation: Derivation,
  printer: DerivationPrinter,
  hashedInputs: () => HashedInputs | undefined,
): ReadonlyMap<string, StorePath> {
  const paths = new Map<string, StorePath>();
  let hash: string | undefined;
  for (const [name, output] of derivation.outputs) {
    if (output.hashAlgo === "") {
      if (hash === undefined) {
        const inputs = hashedInputs();
        // Deferred: depends on an output without a known path.
        if (inputs === undefined) return paths;
        hash = ownHash(derivation, printer, inputs);
      }
      paths.set(name, makeOutputPath(name, hash, derivation.name));
    } else {
      const content = contentAddressOfOutput(output);
      if (content === undefined) continue;
      paths.set(name, makeContentAddressedPath(nameOfOutput(derivation.name, name), content.method, content.hash));
    }
  }
  return paths;
}

/** The hash that gives a derivation its own output paths: without those paths. */
function ownHash({ outputs }: Derivation, printer: DerivationPrinter, inputs: HashedInputs): string {
  const unknown = new Map<string, DerivationOutput>();
  const empty = new Map<string, string>();
  for (const name of outputs.keys()) {
    unknown.set(name, unknownOutput);
    empty.set(name, "");
  }
  return hashBase16("sha256", printer.print(unknown, inputs, empty));
}

function moduloOf(
  { outputs }: Derivation,
  hashedInputs: () => HashedInputs | undefined,
  print: (inputs: HashedInputs) => string,
): HashModulo {
  const fixed = new Map<string, string>();
  for (const [name, output] of outputs) {
    const content = contentAddressOfOutput(output);
    if (content === undefined) {
      if (output.path === "") return deferred;
      continue;
    }
    fixed.set(name, hashBase16("sha256", `fixed:out:${output.hashAlgo}:${output.hash}:${output.path}`));
  }
  if (fixed.size > 0) return { kind: "fixed", outputs: fixed };
  const inputs = hashedInputs();
  return inputs === undefined ? deferred : { kind: "derivation", hash: hashBase16("sha256", print(inputs)) };
}

/** With a variable for every output whose path will be known. */
function withOutputVariables(derivation: Derivation): Derivation {
  const { env, outputs } = derivation;
  const missing: [string, string][] = [];
  for (const [name, { hashAlgo, hash }] of outputs) {
    if (!env.has(name) && (hashAlgo === "" || (hash !== "" && hash !== "impure"))) missing.push([name, ""]);
  }
  return missing.length === 0 ? derivation : { ...derivation, env: sortedMap(new Map([...env, ...missing])) };
}

function filledWith(derivation: Derivation, paths: ReadonlyMap<string, StorePath>): Derivation {
  const outputs = new Map<string, DerivationOutput>();
  const env = new Map(derivation.env);
  for (const [name, output] of derivation.outputs) {
    const path = paths.get(name);
    outputs.set(name, path === undefined ? output : { ...output, path });
    if (path !== undefined) env.set(name, path);
  }
  return { ...derivation, outputs, env };
}

function sortedMap<Value>(map: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  const sorted = new Map<string, Value>();
  for (const key of [...map.keys()].sort()) sorted.set(key, map.get(key) as Value);
  return sorted;
}
