// What a derivation is identified by (`hashDerivationModulo`) and the store paths that follow from it. A derivation
// with fixed output counts by that output alone, so that how something is fetched changes no path downstream.

import { compareBytes, sortedUnique, sortInPlace } from "./byte-order.ts";
import type { Derivation, DerivationOutput } from "./derivation.ts";
import {
  contentAddressOfOutput,
  DerivationPrinter,
  printDerivation,
  printInput,
  printInputs,
} from "./derivation-aterm.ts";
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

/** What stands for the input derivations and the names of their outputs, as a derivation prints it. */
type HashedInputs = string;

const deferred: HashModulo = { kind: "deferred" };
const onlyOut: readonly string[] = ["out"];

/** The store path of the `.drv` file of a derivation whose outputs are filled in. */
export function drvPathOf(
  derivation: Derivation,
  text = printDerivation(derivation),
  references = referencesOf(derivation),
): StorePath {
  const type = references.length === 0 ? "text" : `text:${references.join(":")}`;
  return makeStorePath(type, `sha256:${hashBase16("sha256", text)}`, `${derivation.name}.drv`);
}

/** What a `.drv` file refers to: input derivations and sources, sorted. */
export function referencesOf({ inputSrcs, inputDrvs }: Derivation): readonly StorePath[] {
  if (inputDrvs.size === 0) return inputSrcs;
  const drvPaths = [...inputDrvs.keys()];
  return inputSrcs.length === 0 ? drvPaths : sortedUnique([...inputSrcs, ...drvPaths]);
}

/** A derivation with its outputs filled in, and what is known of its file. */
export interface FilledDerivation {
  /** The output paths that are known. */
  readonly paths: ReadonlyMap<string, StorePath>;
  readonly drvPath: StorePath;
  readonly text: string;
  readonly references: readonly StorePath[];
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
    const hashed = hasInputAddressed(complete) ? this.hashedInputs(complete) : undefined;
    return pathsOf(complete, new DerivationPrinter(complete), hashed);
  }

  /**
   * The derivation with every known output path in its outputs and in the variables of the same names. Throws as
   * `outputPaths` does.
   */
  fillIn(derivation: Derivation): Derivation {
    const complete = withOutputVariables(derivation);
    const paths = this.outputPaths(complete);
    const env = new Map(complete.env);
    for (const [name, path] of paths) env.set(name, path);
    return { ...complete, outputs: withPaths(complete.outputs, paths), env };
  }

  /** The same, as the text of its file; the hash is remembered. */
  instantiate(derivation: Derivation): FilledDerivation {
    const complete = withOutputVariables(derivation);
    const printer = new DerivationPrinter(complete);
    const isInputAddressed = hasInputAddressed(complete);
    const hashed = isInputAddressed ? this.hashedInputs(complete) : undefined;
    const paths = pathsOf(complete, printer, hashed);
    const text = printer.print(printInputs(complete.inputDrvs, complete.dynamicInputs), paths);
    const references = referencesOf(complete);
    const drvPath = drvPathOf(complete, text, references);
    if (!this.known.has(drvPath)) {
      const hash = (): HashModulo => {
        const inputs = isInputAddressed ? hashed : this.hashedInputs(complete);
        return inputs === undefined ? deferred : hashOf(printer.print(inputs, paths));
      };
      this.known.set(drvPath, fixedOrDeferred(complete.outputs, paths) ?? hash());
    }
    return { paths, drvPath, text, references };
  }

  /** Undefined when one of the input derivations is deferred. */
  private hashedInputs(derivation: Derivation): HashedInputs | undefined {
    const { inputDrvs, dynamicInputs } = derivation;
    if (dynamicInputs !== undefined) return undefined;
    if (inputDrvs.size === 0) return "";
    const inputs = new Array<HashedInput>(inputDrvs.size);
    let count = 0;
    for (const [drvPath, names] of inputDrvs) {
      const modulo = this.known.get(drvPath) ?? this.modulo(drvPath);
      switch (modulo.kind) {
        case "deferred":
          return undefined;
        case "derivation":
          inputs[count++] = { hash: modulo.hash, names };
          break;
        case "fixed":
          for (const name of names) {
            const hash = modulo.outputs.get(name);
            if (hash === undefined) {
              const consumer = derivation.name;
              throw new StoreError("bad-derivation", `no hash for output '${name}' of derivation '${consumer}'`);
            }
            inputs[count++] = { hash, names: onlyOut };
          }
      }
    }
    if (count < inputs.length) inputs.length = count;
    return printHashedInputs(inputs);
  }

  private modulo(drvPath: StorePath): HashModulo {
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
      const modulo = fixedOrDeferred(derivation.outputs, noPaths) ?? this.hashOfRead(derivation);
      this.known.set(path, modulo);
      waiting.pop();
      if (waiting.length === 0) return modulo;
    }
  }

  private hashOfRead(derivation: Derivation): HashModulo {
    const inputs = this.hashedInputs(derivation);
    if (inputs === undefined) return deferred;
    return hashOf(new DerivationPrinter(derivation).print(inputs));
  }
}

/** `hashed` stands for the inputs; it is undefined when it is not known, or needed. */
function pathsOf(
  derivation: Derivation,
  printer: DerivationPrinter,
  hashed: HashedInputs | undefined,
): ReadonlyMap<string, StorePath> {
  const paths = new Map<string, StorePath>();
  let hash: string | undefined;
  derivation.outputs.forEach((output, name) => {
    if (output.hashAlgo === "") {
      // Deferred: depends on an output without a known path.
      if (hashed === undefined) return;
      // The hash that gives a derivation its own output paths is without those paths.
      hash ??= hashBase16("sha256", printer.printWithoutOutputs(hashed));
      paths.set(name, makeOutputPath(name, hash, derivation.name));
    } else {
      const content = contentAddressOfOutput(output);
      if (content === undefined) return;
      paths.set(name, makeContentAddressedPath(nameOfOutput(derivation.name, name), content.method, content.hash));
    }
  });
  return paths;
}

interface HashedInput {
  readonly hash: string;
  readonly names: readonly string[];
}

/** Several derivations may have one hash, and count as one. */
function printHashedInputs(inputs: HashedInput[]): HashedInputs {
  sortInPlace(inputs, (a, b) => compareBytes(a.hash, b.hash));
  let text = "";
  for (let i = 0; i < inputs.length; ) {
    const { hash, names } = inputs[i] as HashedInput;
    let all = names;
    for (i++; i < inputs.length && inputs[i]?.hash === hash; i++) {
      all = sortedUnique([...all, ...(inputs[i] as HashedInput).names]);
    }
    text += `${text === "" ? "" : ","}${printInput(hash, all)}`;
  }
  return text;
}

function hashOf(text: string): HashModulo {
  return { kind: "derivation", hash: hashBase16("sha256", text) };
}

function hasInputAddressed({ outputs }: Derivation): boolean {
  for (const { hashAlgo } of outputs.values()) if (hashAlgo === "") return true;
  return false;
}

const noPaths: ReadonlyMap<string, StorePath> = new Map();

/** Undefined for outputs whose paths follow from the inputs. `paths` are those that are not in the outputs. */
function fixedOrDeferred(
  outputs: ReadonlyMap<string, DerivationOutput>,
  paths: ReadonlyMap<string, StorePath>,
): HashModulo | undefined {
  let fixed: Map<string, string> | undefined;
  let isDeferred = false;
  outputs.forEach((output, name) => {
    const path = paths.get(name) ?? output.path;
    const content = contentAddressOfOutput(output);
    if (content === undefined) isDeferred ||= path === "";
    else {
      fixed ??= new Map();
      fixed.set(name, hashBase16("sha256", `fixed:out:${output.hashAlgo}:${output.hash}:${path}`));
    }
  });
  if (isDeferred) return deferred;
  return fixed && { kind: "fixed", outputs: fixed };
}

/** With a variable for every output whose path will be known. */
function withOutputVariables(derivation: Derivation): Derivation {
  const { env, outputs } = derivation;
  const missing: [string, string][] = [];
  outputs.forEach(({ hashAlgo, hash }, name) => {
    if (!env.has(name) && (hashAlgo === "" || (hash !== "" && hash !== "impure"))) missing.push([name, ""]);
  });
  return missing.length === 0 ? derivation : { ...derivation, env: sortedMap(new Map([...env, ...missing])) };
}

function withPaths(
  outputs: ReadonlyMap<string, DerivationOutput>,
  paths: ReadonlyMap<string, StorePath>,
): ReadonlyMap<string, DerivationOutput> {
  const filled = new Map<string, DerivationOutput>();
  for (const [name, output] of outputs) {
    const path = paths.get(name);
    filled.set(name, path === undefined ? output : { path, hashAlgo: output.hashAlgo, hash: output.hash });
  }
  return filled;
}

function sortedMap<Value>(map: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  if (map.size < 2) return map;
  const sorted = new Map<string, Value>();
  for (const key of sortedUnique(map.keys())) sorted.set(key, map.get(key) as Value);
  return sorted;
}
