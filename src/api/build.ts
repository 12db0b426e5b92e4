// Building what an expression asks for, in the physical store of an evaluation.
import { BuildError } from "../build/build-error.ts";
import type { BuiltinBuilder } from "../build/build-request.ts";
import { builtinBuilders } from "../build/builtin-builders.ts";
import { type Missing, missingFrom, realise, type WantedOutputs } from "../build/realise.ts";
import type { Host } from "../host/host.ts";
import { factsOfHost } from "../oci/bundle.ts";
import { ociBundleBuilder } from "../oci/bundle-builder.ts";
import { ConfigError } from "../oci/config-error.ts";
import { NixError } from "../source/nix-error.ts";
import type { StorePath } from "../store/eval-store.ts";
import type { LocalStore } from "../store/local-store.ts";
import { StoreError } from "../store/store-error.ts";
import { CacheError } from "../substitute/cache-error.ts";
import type { BuildTarget } from "./build-targets.ts";
import { placedConfigError } from "./config-place.ts";
import type { Evaluation } from "./evaluation.ts";
import type { PhysicalStore } from "./physical-store.ts";

/** Every built-in builder by its name. */
export function allBuilders(host: Pick<Host, "files">): ReadonlyMap<string, BuiltinBuilder> {
  return new Map([...builtinBuilders(host), ["builtin:oci-bundle", ociBundleBuilder(factsOfHost(host.files))]]);
}

/**
 * Builds the targets and gives the store, in which they are now with all they refer to. Throws BuildError, StoreError,
 * and NixError for a container that cannot be; what was finished until then stays in the store.
 */
export function build(
  evaluation: Evaluation,
  targets: readonly BuildTarget[],
  onBuild?: (drvPath: StorePath) => void,
): LocalStore {
  const { host, store } = evaluation;
  const local = physicalStore(evaluation).open();
  const { outputSource } = evaluation;
  const options = { host, store, local, builders: allBuilders(host), outputSource, ...(onBuild && { onBuild }) };
  return evaluation.run(() => {
    try {
      realise(targets.flatMap(wantedBy), options);
      return local;
    } catch (error) {
      throw placedConfigError(error, targets, (pos) => evaluation.isUserPlace(pos));
    }
  });
}

/** Lets the program import what it derives: it is built in the middle of the evaluation. */
export function enableBuilding(evaluation: Evaluation): void {
  const { host, store, interpreter } = evaluation;
  interpreter.buildOutput = (drvPath, output) => {
    try {
      const local = physicalStore(evaluation).open();
      const { outputSource } = evaluation;
      realise([{ drvPath, outputs: [output] }], { host, store, local, builders: allBuilders(host), outputSource });
    } catch (error) {
      if (
        error instanceof BuildError ||
        error instanceof CacheError ||
        error instanceof ConfigError ||
        error instanceof StoreError
      ) {
        throw new NixError("store", error.message);
      }
      throw error;
    }
  };
}

/** What `build` would build and fetch. Throws BuildError for a derivation that it could not build. */
export function missingFor(evaluation: Evaluation, targets: readonly BuildTarget[]): Missing {
  const { host, store } = evaluation;
  const local = physicalStore(evaluation);
  const { outputSource } = evaluation;
  return missingFrom(targets.flatMap(wantedBy), { store, local, builders: allBuilders(host), outputSource });
}

function wantedBy({ context, path, derivation }: BuildTarget): (WantedOutputs | StorePath)[] {
  const named = context.elements.map((element) => {
    return element.kind === "built"
      ? { drvPath: element.drvPath, outputs: [element.output] }
      : element.kind === "opaque"
        ? element.path
        : element.drvPath;
  });
  return derivation === undefined && !named.includes(path) ? [...named, path] : named;
}

function physicalStore({ physicalStore }: Evaluation): PhysicalStore {
  if (physicalStore !== undefined) return physicalStore;
  throw new StoreError(
    "write-failed",
    "building needs a folder for store objects, and there is none: set OCINIX_STORE or HOME, or give --store DIR",
  );
}
