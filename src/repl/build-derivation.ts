// `:b` and `:bl`: all outputs of a derivation, built into the physical store.
import { build } from "../api/build.ts";
import { type BuildTarget, buildTargets } from "../api/build-targets.ts";
import { checkName, drvPathOf } from "../api/derivations.ts";
import type { Evaluation } from "../api/evaluation.ts";
import { makeOutLinks } from "../build/out-link.ts";
import { NixError } from "../source/nix-error.ts";
import { nameOfStorePath } from "../store/store-path.ts";
import { AttrSet } from "../value/attr-set.ts";
import { isDerivation } from "../value/print.ts";
import { StringContext } from "../value/string-context.ts";
import type { Value } from "../value/value.ts";
import type { ReplSession } from "./session.ts";

/** Builds and prints where the outputs are. Throws IncompleteInput, NixError, and what `build` throws. */
export function buildDerivation(session: ReplSession, text: string, options: { readonly link: boolean }): void {
  const { evaluation, terminal } = session;
  const { host, interpreter } = evaluation;
  const value = session.evaluate(text);
  const targets = evaluation.run(() =>
    session.isHostPackage(value)
      ? buildTargets(interpreter, value, { given: new Map() })
      : outputsOf(evaluation, value),
  );
  const local = build(evaluation, targets, (drvPath) =>
    terminal.notice(`building ${nameOfStorePath(drvPath).replace(/\.drv$/, "")}`),
  );
  const outputs = targets.map(({ path, derivation }) => ({ output: derivation?.output ?? "out", path }));
  if (options.link) {
    const links = outputs.map(({ output, path }) => ({ link: `${host.workingDir}/${linkName(output)}`, path }));
    makeOutLinks(host, local, links);
  }
  terminal.print("\nThis derivation produced the following outputs:\n");
  for (const { output, path } of outputs) {
    terminal.print(`  ${options.link ? `./${linkName(output)}` : output} -> ${local.realPath(path)}\n`);
  }
}

function linkName(output: string): string {
  return `repl-result-${output}`;
}

/** All outputs of a derivation, in order of name. */
function outputsOf({ interpreter, store }: Evaluation, value: Value): BuildTarget[] {
  if (!(value instanceof AttrSet && isDerivation(value))) {
    throw new NixError("type", "expression does not evaluate to a derivation, so I can't build it");
  }
  checkName(interpreter, value);
  if (!value.has("drvPath")) {
    throw new NixError("type", "expression did not evaluate to a valid derivation (no 'drvPath' attribute)");
  }
  const drvPath = drvPathOf(interpreter, value);
  const outputs = [...store.outputPaths(store.readDerivation(drvPath))];
  const context = StringContext.of(outputs.map(([output]) => ({ kind: "built", drvPath, output })));
  return outputs.map(([output, path]) => ({ attrPath: "", path, derivation: { drvPath, output }, context, value }));
}
