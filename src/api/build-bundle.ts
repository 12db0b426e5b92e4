// `buildBundle` of the library: from a container expression to a bundle on the disk.

import { checkOutLinks, makeOutLinks, outLinks } from "../build/out-link.ts";
import { selectAttrPath } from "../evaluator/attr-path.ts";
import { canonicalPath } from "../evaluator/path.ts";
import { bytesFromText, textFromBytes } from "../source/bytes.ts";
import { build } from "./build.ts";
import { buildTargets, onlyTarget } from "./build-targets.ts";
import {
  argumentsOf,
  type EvaluateOptions,
  evaluateSource,
  evaluating,
  type NixSource,
  startEvaluation,
} from "./evaluate.ts";

export interface BuildBundleOptions extends EvaluateOptions {
  /** The folder of the store that the bundle is built in, absolute; made where there is none. */
  readonly storeDir: string;
  /** A link to make to the bundle; relative to the host's working folder. By default there is none. */
  readonly outLink?: string;
  /** Told the name of everything that is built, right before. */
  readonly onBuild?: (drvPath: string) => void;
}

export interface BuiltBundle {
  /** The folder that has `config.json` and `rootfs`: what `crun run --bundle` takes. */
  readonly path: string;
  /** The same as a path in the store, `/nix/store/…`, which need not exist there. */
  readonly storePath: string;
  readonly drvPath: string | undefined;
}

/**
 * Builds the one container that an expression gives. The host has to be one of this machine (`createNodeHost`), since a
 * store's database cannot be in memory. An equal expression gives the same bundle, which is not built again. Throws
 * EvaluationError, BuildError, OutLinkError and StoreError; an earlier link is as it was then.
 */
export function buildBundle(source: NixSource, options: BuildBundleOptions): BuiltBundle {
  const { host, attr = "", outLink, onBuild } = options;
  const evaluation = startEvaluation(options);
  try {
    const target = evaluating(evaluation, () => {
      const args = argumentsOf(evaluation, options);
      const root = evaluateSource(evaluation, source, args);
      const selected = selectAttrPath(evaluation.interpreter, root, bytesFromText(attr), args);
      return onlyTarget(buildTargets(evaluation.interpreter, selected, args));
    });
    const { path, derivation } = target;
    const links = outLink === undefined ? [] : outLinks(linkPath(outLink, host.workingDir), [new Map([["out", path]])]);
    checkOutLinks(
      host,
      links.map(({ link }) => link),
    );
    const local = evaluating(evaluation, () =>
      build(evaluation, [target], (drvPath) => onBuild?.(textFromBytes(drvPath))),
    );
    makeOutLinks(host, local, links);
    return {
      path: textFromBytes(local.realPath(path)),
      storePath: textFromBytes(path),
      drvPath: derivation && textFromBytes(derivation.drvPath),
    };
  } finally {
    evaluation.close();
  }
}

function linkPath(outLink: string, workingDir: string): string {
  const link = bytesFromText(outLink);
  return canonicalPath(link.startsWith("/") ? link : `${workingDir}/${link}`);
}
