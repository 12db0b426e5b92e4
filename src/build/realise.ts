// From derivations to their outputs in the physical store: what is missing is found first, then built, inputs before
// what needs them. Every output appears atomically. Surprise: nothing is built when anything could not be.
import type { Host } from "../host/host.ts";
import type { Derivation } from "../store/derivation.ts";
import { contentAddressOfOutput } from "../store/derivation-aterm.ts";
import type { IngestionMethod, StorePath } from "../store/eval-store.ts";
import type { FileTree } from "../store/file-tree.ts";
import { formatHash, type Hash, Hasher } from "../store/hash.ts";
import type { LocalStore, NewObject } from "../store/local-store.ts";
import { hashNar } from "../store/nar.ts";
import type { PathInfo } from "../store/path-info.ts";
import { scanReferences } from "../store/references.ts";
import { formatContentAddress } from "../store/store-path.ts";
import type { VirtualStore } from "../store/virtual-store.ts";
import { BuildError } from "./build-error.ts";
import { attributesOf, type BuildRequest, type BuiltinBuilder } from "./build-request.ts";
import { BuilderAttributes } from "./builder-attributes.ts";
import { inputFiles } from "./input-files.ts";
import { checkOutputs, outputsWithoutReferences } from "./output-checks.ts";
import type { OutputSource } from "./output-source.ts";

/** Outputs of a derivation, which is in the evaluation's store or in the physical one. */
export interface WantedOutputs {
  readonly drvPath: StorePath;
  /** None means all. */
  readonly outputs: readonly string[];
}

export interface RealiseOptions {
  readonly host: Host;
  /** The store of the evaluation that made the derivations. */
  readonly store: VirtualStore;
  readonly local: LocalStore;
  /** By the name in the derivation's `builder`, such as `builtin:files`. */
  readonly builders: ReadonlyMap<string, BuiltinBuilder>;
  /** Asked for what is missing, before anything is built. */
  readonly outputSource?: OutputSource | undefined;
  /** Told of every derivation right before it is built. */
  readonly onBuild?: (drvPath: StorePath) => void;
}

/**
 * Sees to it that these outputs and objects are in the physical store, with everything they refer to, and gives the
 * paths of the outputs by derivation. Several processes may realise the same. Throws BuildError; StoreError where an
 * object is missing or the store cannot be written. What was finished before stays in the store.
 */
export function realise(
  wanted: readonly (WantedOutputs | StorePath)[],
  options: RealiseOptions,
): ReadonlyMap<StorePath, ReadonlyMap<string, StorePath>> {
  const { store, local, onBuild } = options;
  const plan = new BuildPlan(options);
  const results = new Map<StorePath, ReadonlyMap<string, StorePath>>();
  for (const item of wanted) {
    if (typeof item === "string") continue;
    const derivation = store.readDerivation(item.drvPath);
    const paths = outputPaths(item.drvPath, derivation, item.outputs);
    results.set(item.drvPath, new Map([...(results.get(item.drvPath) ?? []), ...paths]));
    plan.want(item.drvPath, item.outputs);
  }
  for (const item of wanted) {
    if (typeof item === "string") store.materialise(item, local);
  }
  if (plan.substituted.size > 0) options.outputSource!.substitute(plan.substituted, local);
  for (const [drvPath, { derivation, builder }] of plan.missing) {
    onBuild?.(drvPath);
    new Build(drvPath, derivation, options).run(builder);
  }
  return results;
}

/** As much of RealiseOptions as finding out what is missing needs; the store need not exist. */
export interface PlanOptions extends Pick<RealiseOptions, "store" | "builders" | "outputSource"> {
  readonly local: Pick<LocalStore, "isValid" | "dir">;
}

/** What `realise` would do. */
export interface Missing {
  /** The derivations that it would build, in its order. */
  readonly derivations: readonly StorePath[];
  /** The outputs that it would get from somewhere else. */
  readonly substituted: readonly StorePath[];
}

/** What is missing for these; nothing is written. Throws BuildError as `realise` would. */
export function missingFrom(wanted: readonly (WantedOutputs | StorePath)[], options: PlanOptions): Missing {
  const plan = new BuildPlan(options);
  for (const item of wanted) if (typeof item !== "string") plan.want(item.drvPath, item.outputs);
  return { derivations: [...plan.missing.keys()], substituted: [...plan.substituted] };
}

interface PlannedBuild {
  readonly derivation: Derivation;
  readonly builder: BuiltinBuilder;
}

/** What has to be built, and what need not be. */
class BuildPlan {
  /** In an order in which it can be built. */
  readonly missing = new Map<StorePath, PlannedBuild>();
  /** Outputs that are not there, and can be had without building. */
  readonly substituted = new Set<StorePath>();
  private readonly options: PlanOptions;

  constructor(options: PlanOptions) {
    this.options = options;
  }

  /** Plans what these outputs need. Throws BuildError for what cannot be built. */
  want(drvPath: StorePath, outputs: readonly string[]): void {
    // A stack of our own, because chains of derivations can be longer than JavaScript's.
    const waiting: {
      readonly drvPath: StorePath;
      readonly planned: PlannedBuild;
      readonly inputs: Iterator<[StorePath, readonly string[]]>;
    }[] = [];
    const enter = (path: StorePath, names: readonly string[]): void => {
      if (this.missing.has(path)) return;
      const derivation = this.options.store.readDerivation(path);
      const outputs = outputPaths(path, derivation, names);
      if (this.isThere(outputs) || this.canBeSubstituted(derivation, outputs)) return;
      const planned = { derivation, builder: this.builderOf(path, derivation) };
      waiting.push({ drvPath: path, planned, inputs: derivation.inputDrvs.entries() });
    };
    enter(drvPath, outputs);
    for (let top = waiting.at(-1); top !== undefined; top = waiting.at(-1)) {
      const next = top.inputs.next();
      if (!next.done) enter(...next.value);
      else {
        this.missing.set(top.drvPath, top.planned);
        waiting.pop();
      }
    }
  }

  private isThere(outputs: ReadonlyMap<string, StorePath>): boolean {
    return [...outputs.values()].every((path) => this.options.local.isValid(path));
  }

  private canBeSubstituted(derivation: Derivation, outputs: ReadonlyMap<string, StorePath>): boolean {
    const { outputSource, local, builders } = this.options;
    if (outputSource === undefined || !isWorthFetching(derivation, builders)) return false;
    const paths = [...outputs.values()].filter((path) => !local.isValid(path));
    if (!paths.every((path) => this.substituted.has(path)) && !outputSource.has(paths, local)) return false;
    for (const path of paths) this.substituted.add(path);
    return true;
  }

  private builderOf(drvPath: StorePath, { builder }: Derivation): BuiltinBuilder {
    const found = this.options.builders.get(builder);
    if (found !== undefined) return found;
    if (builder.startsWith("builtin:")) {
      throw failed(drvPath, "unknown-builder", `there is no built-in builder '${builder}'`);
    }
    throw failed(
      drvPath,
      "needs-sandbox",
      `its builder is a program, '${builder}', and running one needs the sandboxed builder, which this version of ` +
        "ocinix does not have.\n" +
        "  What only places files works: writeText, writeScript, writeTextFile without checkPhase, linkFarm,\n" +
        '  symlinkJoin and buildEnv without postBuild, programs of the host (pkgs.bash, pkgs.hostProgram "NAME").\n' +
        `  Or build it with Nix into the same store first: nix-build --store '${this.options.local.dir}'`,
    );
  }
}

/** What built-in builders make, but for downloads, is made in less time than a cache is asked. */
function isWorthFetching(derivation: Derivation, builders: PlanOptions["builders"]): boolean {
  if (derivation.builder !== "builtin:fetchurl" && builders.has(derivation.builder)) return false;
  const json = derivation.env.get("__json");
  // As Nix prints it. Where the same stands in another attribute, it is built, which is never wrong.
  return json === undefined
    ? derivation.env.get("allowSubstitutes") !== ""
    : !json.includes('"allowSubstitutes":false');
}

/** The paths of some outputs, or of all. Throws BuildError. */
function outputPaths(
  drvPath: StorePath,
  { outputs }: Derivation,
  names: readonly string[],
): ReadonlyMap<string, StorePath> {
  const paths = new Map<string, StorePath>();
  for (const name of names.length === 0 ? outputs.keys() : names) {
    const output = outputs.get(name);
    if (output === undefined) throw failed(drvPath, "missing-input", `it has no output '${name}'`);
    if (output.path === "") {
      throw failed(
        drvPath,
        "unsupported",
        `the path of its output '${name}' is known only after the build (a content-addressed or impure derivation, ` +
          "or one that depends on such a one); ocinix does not have these experimental features of Nix",
      );
    }
    paths.set(name, output.path);
  }
  return paths;
}

/** The build of one derivation, whose inputs are there. */
class Build {
  private readonly drvPath: StorePath;
  private readonly derivation: Derivation;
  private readonly options: RealiseOptions;

  constructor(drvPath: StorePath, derivation: Derivation, options: RealiseOptions) {
    this.drvPath = drvPath;
    this.derivation = derivation;
    this.options = options;
  }

  run(builder: BuiltinBuilder): void {
    const { store, local } = this.options;
    // The derivation refers to its sources, so that these are written as well.
    store.materialise(this.drvPath, local);
    const inputs = this.inputs();
    const readable = new Set(local.closure(inputs));
    const outputs = outputPaths(this.drvPath, this.derivation, []);
    this.named(() => {
      const attributes = attributesOf(this.derivation);
      const trees = builder(this.request(attributes, inputs, readable, outputs));
      const checked = new BuilderAttributes(attributes);
      const unscanned = outputsWithoutReferences(this.derivation, checked);
      const candidates = [...readable, ...outputs.values()];
      const objects = [...outputs].map(([name, path]): NewObject => {
        const tree = trees.get(name);
        if (tree === undefined) {
          throw new BuildError("unsupported", `its builder '${this.derivation.builder}' makes no output '${name}'`);
        }
        const built = { path, tree, deriver: this.drvPath, ultimate: true } as const;
        const fixed = contentAddressOfOutput(this.derivation.outputs.get(name)!);
        if (fixed === undefined) return { ...built, candidates: unscanned.has(name) ? [] : candidates };
        this.checkFixed(path, tree, fixed, unscanned.has(name) ? [] : candidates);
        return { ...built, ca: formatContentAddress(fixed.method, fixed.hash) };
      });
      local.addTrees(objects, (infos) => this.approve(checked, [...outputs.keys()], infos));
    });
  }

  private inputs(): readonly StorePath[] {
    const { inputSrcs, inputDrvs } = this.derivation;
    const built = [...inputDrvs].flatMap(([drvPath, names]) => [
      ...outputPaths(drvPath, this.options.store.readDerivation(drvPath), names).values(),
    ]);
    return [...inputSrcs, ...built];
  }

  private request(
    attributes: BuildRequest["attributes"],
    inputs: readonly StorePath[],
    readable: ReadonlySet<StorePath>,
    outputs: ReadonlyMap<string, StorePath>,
  ): BuildRequest {
    const { local } = this.options;
    const checked = (path: StorePath): StorePath => {
      if (readable.has(path)) return path;
      throw new BuildError("missing-input", `'${path}' is not an input of the derivation`);
    };
    const fixed = [...this.derivation.outputs].filter(([, output]) => contentAddressOfOutput(output) !== undefined);
    return {
      name: this.derivation.name,
      attributes,
      outputs,
      fixedOutputs: new Set(fixed.map(([name]) => name)),
      inputs,
      closure: (paths) => local.closure([...paths].map(checked)),
      tree: (path) => local.readTree(checked(path)),
      files: inputFiles(
        (path) => (readable.has(path) ? local.readTree(path) : undefined),
        () => readable,
      ),
    };
  }

  /** The store would find the same faults, but not with the words of C++ Nix, which people search for. */
  private checkFixed(
    path: StorePath,
    tree: FileTree,
    { method, hash }: { readonly method: IngestionMethod; readonly hash: Hash },
    candidates: readonly StorePath[],
  ): void {
    const got = formatHash(hashOf(path, tree, method, hash.algorithm), "sri");
    const specified = formatHash(hash, "sri");
    if (got !== specified) {
      throw new BuildError(
        "hash-mismatch",
        `hash mismatch in fixed-output derivation '${this.drvPath}':\n  specified: ${specified}\n     got:    ${got}`,
        { drvPath: this.drvPath },
      );
    }
    const references = scanReferences(tree, candidates);
    if (references.length > 0) {
      throw new BuildError(
        "output-rejected",
        `fixed-output derivations must not reference store paths: '${this.drvPath}' references ` +
          `${references.length} distinct paths, e.g. '${references[0]}'`,
        { drvPath: this.drvPath },
      );
    }
  }

  private approve(attributes: BuilderAttributes, names: readonly string[], infos: readonly PathInfo[]): void {
    const outputs = new Map(names.map((name, index) => [name, infos[index]!]));
    checkForCycle(outputs);
    checkOutputs(this.derivation, attributes, outputs, (path) => this.options.local.pathInfo(path));
  }

  /** Says of the errors of a build which derivation it was. */
  private named(build: () => void): void {
    try {
      build();
    } catch (error) {
      if (!(error instanceof BuildError) || error.drvPath !== undefined) throw error;
      throw failed(this.drvPath, error.code, error.message, error);
    }
  }
}

function checkForCycle(outputs: ReadonlyMap<string, PathInfo>): void {
  for (const [start, { path }] of outputs) {
    const reached = new Set<string>([start]);
    for (const name of reached) {
      for (const [other, info] of outputs) {
        if (other === name || !outputs.get(name)!.references.includes(info.path)) continue;
        if (info.path === path) {
          throw new BuildError(
            "output-rejected",
            `there is a cycle in the references of its outputs: '${name}' refers to '${start}', and that to it`,
          );
        }
        reached.add(other);
      }
    }
  }
}

function hashOf(path: StorePath, tree: FileTree, method: IngestionMethod, algorithm: Hash["algorithm"]): Hash {
  if (method === "nar") return hashNar(tree, algorithm).narHash;
  if (tree.type !== "regular" || tree.executable) {
    throw new BuildError(
      "output-rejected",
      `output path '${path}' should be a non-executable regular file since recursive hashing is not enabled ` +
        "(one of outputHashMode={flat,text} is true)",
    );
  }
  const hasher = new Hasher(algorithm);
  for (const chunk of tree.read()) hasher.update(chunk);
  return hasher.finish();
}

function failed(drvPath: StorePath, code: BuildError["code"], message: string, cause?: Error): BuildError {
  return new BuildError(code, `cannot build '${drvPath}': ${message}`, { drvPath, ...(cause && { cause }) });
}
