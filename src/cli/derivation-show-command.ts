// `ocinix derivation show`: what the derivations of an expression, or those at store paths, say about their builds.

import { derivationsJson } from "../api/derivation-json.ts";
import { drvPathOf, findDerivations } from "../api/derivations.ts";
import type { Evaluation } from "../api/evaluation.ts";
import { selectAttrPath } from "../evaluator/attr-path.ts";
import { type AutoArguments, autoCall } from "../evaluator/auto-call.ts";
import type { Derivation } from "../store/derivation.ts";
import type { StorePath } from "../store/eval-store.ts";
import { isStorePath } from "../store/store-path.ts";
import type { ParsedArguments } from "./arguments.ts";
import { evaluateSource, givenArguments, running, startEvaluation } from "./entry-evaluation.ts";
import { type EntryRequest, type EntrySource, entryRequest } from "./entry-request.ts";
import { exitStatus } from "./exit-status.ts";
import { indentJson } from "./json-indent.ts";
import { isPretty } from "./pretty.ts";
import type { Session } from "./session.ts";

export async function derivationShowCommand(parsed: ParsedArguments, session: Session): Promise<number> {
  const evaluation = startEvaluation(parsed, session, { prelude: !parsed.has("noPrelude") });
  const request = entryRequest(parsed);
  try {
    const json = await running(evaluation, () => {
      const found = request.sources.flatMap((source) => drvPathsOf(evaluation, request, source));
      const drvPaths = parsed.has("recursive") ? closureOf(evaluation, found) : found;
      const { store } = evaluation;
      return derivationsJson(new Map(drvPaths.map((path): [string, Derivation] => [path, store.readDerivation(path)])));
    });
    session.print(`${isPretty(parsed) ? indentJson(json) : json}\n`);
  } finally {
    evaluation.close();
  }
  return exitStatus.success;
}

/** The derivations of a source, which may be the store path of one, also with an output: `PATH^out`. */
function drvPathsOf(evaluation: Evaluation, request: EntryRequest, source: EntrySource): StorePath[] {
  const path = source.kind === "file" ? source.path.replace(/\^.*/s, "") : "";
  if (path.endsWith(".drv") && isStorePath(path)) return [path];
  const { interpreter, prelude } = evaluation;
  const given = givenArguments(evaluation, request);
  const args: AutoArguments = prelude?.arguments(given) ?? { given };
  const value = evaluateSource(evaluation, source);
  const root = evaluation.isEntryFunction(value) ? autoCall(interpreter, value, args) : value;
  return request.attrPaths.flatMap((attrPath) => {
    const selected = selectAttrPath(interpreter, root, attrPath, args);
    return findDerivations(interpreter, selected, args).map(({ set }) => drvPathOf(interpreter, set));
  });
}

/** With the derivations that they need, in whatever way. */
function closureOf({ store }: Evaluation, drvPaths: readonly StorePath[]): StorePath[] {
  const closure = new Set(drvPaths);
  for (const path of closure) for (const reference of store.references(path)) closure.add(reference);
  return [...closure].filter((path) => path.endsWith(".drv"));
}
