// What a derivation is identified by (`hashDerivationModulo`) and the store paths that follow from it. A derivation
// with fixed output counts by that output alone, so that how something is fetched changes no path downstream.

import { sortedUnique } from "./byte-order.ts";
import type { Derivation, DerivationOutput } from "./derivation.ts";
import { contentAddressOfOutput, printATerm, printDerivation } from "./derivation-aterm.ts";
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
    const paths = new Map<string, StorePath>();
    let hash: string | undefined;
    for (const [name, output] of derivation.outputs) {
      if (output.hashAlgo === "") {
        hash ??= this.ownHash(derivation);
        // Deferred: depends on an output without a known path.
        if (hash === undefined) return paths;
        paths.set(name, makeOutputPath(name, hash, derivation.name));
      } else {
        const content = contentAddressOfOutput(output);
        if (content === undefined) continue;
        paths.set(name, makeContentAddressedPath(nameOfOutput(derivation.name, name), content.method, content.hash));
      }
    }
    return paths;
  }

  /**
   * The derivation with every known output path in its outputs and in the variables of the same names. Throws as
   * `outputPaths` does.
   */
  fillIn(derivation: Derivation): Derivation {
    const paths = this.outputPaths(derivation);
    const outputs = new Map<string, DerivationOutput>();
    const env = new Map(derivation.env);
    for (const [name, output] of derivation.outputs) {
      const path = paths.get(name);
      outputs.set(name, path === undefined ? output : { ...output, path });
      if (path !== undefined) env.set(name, path);
    }
    return { ...derivation, outputs, env: sortedMap(env) };
  }

  /** The hash that gives a derivation its own output paths: without those paths. */
  private ownHash(derivation: Derivation): string | undefined {
    const inputs = this.hashedInputs(derivation);
    if (inputs === undefined) return undefined;
    const outputs = new Map<string, DerivationOutput>();
    const env = new Map(derivation.env);
    for (const name of derivation.outputs.keys()) {
      outputs.set(name, unknownOutput);
      env.set(name, "");
    }
    // A variable that was missing is now the last one.
    const sortedEnv = env.size === derivation.env.size ? env : sortedMap(env);
    return hashBase16("sha256", printATerm(derivation, outputs, inputs, sortedEnv));
  }

  /** What stands for the input derivations; undefined when one of them is deferred. */
  private hashedInputs(derivation: Derivation): ReadonlyMap<string, readonly string[]> | undefined {
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
              throw new StoreError("bad-derivation", `no hash for output '${name}' of derivation '${drvPath}'`);
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
      const modulo = this.moduloOf(derivation);
      this.known.set(path, modulo);
      waiting.pop();
      if (waiting.length === 0) return modulo;
    }
  }

  private moduloOf(derivation: Derivation): HashModulo {
    const fixed = new Map<string, string>();
    for (const [name, output] of derivation.outputs) {
      const content = contentAddressOfOutput(output);
      if (content === undefined) {
        if (output.path === "") return deferred;
        continue;
      }
      fixed.set(name, hashBase16("sha256", `fixed:out:${output.hashAlgo}:${output.hash}:${output.path}`));
    }
    if (fixed.size > 0) return { kind: "fixed", outputs: fixed };
    const inputs = this.hashedInputs(derivation);
    if (inputs === undefined) return deferred;
    const text = printATerm(derivation, derivation.outputs, inputs, derivation.env);
    return { kind: "derivation", hash: hashBase16("sha256", text) };
  }
}

function sortedMap<Value>(map: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  return new Map([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
}
