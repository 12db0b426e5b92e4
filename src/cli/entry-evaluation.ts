// From a command line to an evaluation and the values that it asks for.
import { BuildingNeeded, Evaluation, type EvaluationOptions, embeddedSearchPath } from "../api/evaluation.ts";
import { TreeCache } from "../evaluator/tree-cache.ts";
import { buildFolder } from "../host/cache-folder.ts";
import { FileError, type Host } from "../host/host.ts";
import type { Expr } from "../parser/ast.ts";
import { bytesFromBuffer } from "../source/bytes.ts";
import { NixError } from "../source/nix-error.ts";
import type { Lazy, Value } from "../value/value.ts";
import type { ParsedArguments } from "./arguments.ts";
import type { EntryArgument, EntryRequest, EntrySource } from "./entry-request.ts";
import { evaluationSettings } from "./evaluation-settings.ts";
import { readConfig } from "./nix-config.ts";
import type { Session } from "./session.ts";
import { readStandardInput } from "./standard-input.ts";
import { storeLocation } from "./store-location.ts";

/** Prepares an evaluation as the command line says. Throws UsageError. */
export function startEvaluation(
  parsed: ParsedArguments,
  session: Session,
  options: Pick<EvaluationOptions, "prelude" | "plainErrors">,
): Evaluation {
  const { host } = session;
  session.config ??= readConfig(host, parsed, (message) => session.warn(message));
  const settings = evaluationSettings(session.config, parsed, host, embeddedSearchPath);
  const callFrames = session.reporter !== undefined;
  const evaluation = new Evaluation({
    host: session.evaluationHost ?? host,
    settings,
    storeDir: storeLocation(parsed, host),
    callFrames,
    ...options,
  });
  session.evaluation = evaluation;
  const treeCache = session.treeCache ?? treeCacheFor(host);
  if (treeCache !== undefined) {
    session.treeCache = treeCache;
    evaluation.interpreter.treeCache = treeCache;
  }
  session.positions = evaluation.interpreter.positions;
  session.showTrace = settings.showTrace;
  return evaluation;
}

function treeCacheFor(host: Host): TreeCache | undefined {
  const folder = buildFolder(host, "trees", import.meta.url);
  return folder === undefined ? undefined : new TreeCache(host, folder);
}

/** Runs part of an evaluation; what can build is loaded when the program imports something that has to be built. */
export async function running<T>(evaluation: Evaluation, action: () => T): Promise<T> {
  try {
    return evaluation.run(action);
  } catch (error) {
    if (!(error instanceof BuildingNeeded)) throw error;
  }
  const { enableBuilding } = await import("../api/build.ts");
  enableBuilding(evaluation);
  return evaluation.run(action);
}

/** What the command line gives to functions. Expressions are parsed now, in order of name, and evaluated when needed. */
export function givenArguments(evaluation: Evaluation, request: EntryRequest): ReadonlyMap<string, Lazy> {
  const byName = [...request.args].sort(([a], [b]) => (a < b ? -1 : 1));
  // Standard input can be read once.
  const reader = byName.find(([, { kind }]) => kind === "stdin")?.[0];
  const values = new Map<string, Lazy>();
  for (const [name, argument] of byName) {
    values.set(name, argumentValue(evaluation, argument, name === reader));
    // To C++ Nix, the names appear here for the first time.
    evaluation.interpreter.symbols.add(name);
  }
  return values;
}

function argumentValue(evaluation: Evaluation, argument: EntryArgument, readsInput: boolean): Lazy {
  switch (argument.kind) {
    case "string":
      return argument.text;
    case "stdin":
      return readsInput ? readStandardInput() : "";
    case "file":
      return readArgument(evaluation, argument.path);
    case "expr":
      return evaluation.delayText(argument.text, "string");
  }
}

function readArgument({ host }: Evaluation, path: string): string {
  try {
    return bytesFromBuffer(host.files.readFile(path.startsWith("/") ? path : `${host.workingDir}/${path}`));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const what = error.code === "EISDIR" ? "read of 65536 bytes" : `opening file "${path}"`;
    throw new NixError("file", `${what}: ${error.reason}`);
  }
}

/** The value of one source, forced. */
export function evaluateSource(evaluation: Evaluation, source: EntrySource): Value {
  switch (source.kind) {
    case "stdin":
      return evaluation.evaluateText(source.isRead ? "" : readStandardInput(), "stdin");
    case "expr":
      return evaluation.evaluateText(source.text, "string");
    case "file":
      return evaluation.evaluateFile(source.path);
  }
}

/** The tree of one source. */
export function parseSource(evaluation: Evaluation, source: EntrySource): Expr {
  switch (source.kind) {
    case "stdin":
      return evaluation.parseText(source.isRead ? "" : readStandardInput(), "stdin");
    case "expr":
      return evaluation.parseText(source.text, "string");
    case "file":
      return evaluation.parseFile(source.path);
  }
}
