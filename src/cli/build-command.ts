// `ocinix build`: builds what an expression gives and links to it.
import { build, enableBuilding, missingFor } from "../api/build.ts";
import { type BuildTarget, buildTargets } from "../api/build-targets.ts";
import type { Evaluation } from "../api/evaluation.ts";
import { checkOutLinks, makeOutLinks, outLinks } from "../build/out-link.ts";
import type { Missing } from "../build/realise.ts";
import { selectAttrPath } from "../evaluator/attr-path.ts";
import { autoCall } from "../evaluator/auto-call.ts";
import { bytesFromText, textFromBytes } from "../source/bytes.ts";
import type { StorePath } from "../store/eval-store.ts";
import { nameOfStorePath } from "../store/store-path.ts";
import type { ParsedArguments } from "./arguments.ts";
import { outputSourceOf } from "./cache-settings.ts";
import { evaluateSource, givenArguments, startEvaluation } from "./entry-evaluation.ts";
import { singleEntryRequest } from "./entry-request.ts";
import { exitStatus } from "./exit-status.ts";
import { withPlace } from "./retrace.ts";
import type { Session } from "./session.ts";
import { UsageError } from "./usage-error.ts";

export function buildCommand(parsed: ParsedArguments, session: Session): number {
  if (parsed.rest !== undefined) throw new UsageError("'--' and arguments after it are for 'ocinix run'");
  const evaluation = startEvaluation(parsed, session, { prelude: !parsed.has("noPrelude") });
  evaluation.outputSource = outputSourceOf(session);
  enableBuilding(evaluation);
  try {
    const targets = withPlace(evaluation, session, (evaluation) => evaluateTargets(evaluation, parsed));
    if (parsed.has("dryRun")) sayWhatIsMissing(session, missingFor(evaluation, targets));
    const links = parsed.has("noOutLink") || parsed.has("dryRun") ? [] : linksFor(targets, parsed, session);
    checkOutLinks(
      session.host,
      links.map(({ link }) => link),
    );
    if (!parsed.has("dryRun")) {
      const local = build(evaluation, targets, (drvPath) => sayBuilding(session, drvPath));
      makeOutLinks(session.host, local, links);
    }
    printTargets(evaluation, targets, parsed, session);
  } finally {
    evaluation.close();
  }
  return exitStatus.success;
}

/** What the command line asks to build. */
export function evaluateTargets(evaluation: Evaluation, parsed: ParsedArguments): BuildTarget[] {
  const { interpreter, prelude } = evaluation;
  const request = singleEntryRequest(parsed);
  return evaluation.run(() => {
    const given = givenArguments(evaluation, request);
    const args = prelude?.arguments(given) ?? { given };
    const root = autoCall(interpreter, evaluateSource(evaluation, request.source), args);
    return buildTargets(interpreter, selectAttrPath(interpreter, root, request.attrPaths[0] ?? "", args), args);
  });
}

/** One line for every build, on standard error. */
export function sayBuilding(session: Session, drvPath: StorePath): void {
  session.host.writeError(`building ${nameOfStorePath(drvPath).replace(/\.drv$/, "")}\n`);
}

function sayWhatIsMissing(session: Session, { derivations, substituted }: Missing): void {
  const say = (what: string, paths: readonly StorePath[]): void => {
    if (paths.length === 0) return;
    const heading = paths.length === 1 ? `this ${what}` : `these ${paths.length} ${what}s`;
    const done = what === "path" ? "fetched, with what it refers to" : "built";
    session.host.writeError([`${heading} will be ${done}:`, ...paths.map((path) => `  ${path}`), ""].join("\n"));
  };
  say("derivation", derivations);
  say("path", substituted);
}

function linksFor(targets: readonly BuildTarget[], parsed: ParsedArguments, { host }: Session) {
  const name = parsed.value("outLink") ?? "result";
  const built = targets.map(({ path, derivation }) => new Map([[derivation?.output ?? "out", path]]));
  return outLinks(name.startsWith("/") ? name : `${host.workingDir}/${name}`, built);
}

/** The places of the targets, which a user can look into; logical paths need not exist. */
function printTargets(
  evaluation: Evaluation,
  targets: readonly BuildTarget[],
  parsed: ParsedArguments,
  session: Session,
): void {
  const store = evaluation.physicalStore!;
  if (!parsed.has("json")) {
    if (!parsed.has("dryRun")) for (const { path } of targets) session.print(`${store.dir}${path}\n`);
    return;
  }
  const described = targets.map(({ attrPath, path, derivation }) => ({
    ...(attrPath !== "" && { attrPath: textFromBytes(attrPath) }),
    ...(derivation !== undefined && { drvPath: textFromBytes(derivation.drvPath) }),
    outputs: { [textFromBytes(derivation?.output ?? "out")]: textFromBytes(path) },
    realPath: textFromBytes(`${store.dir}${path}`),
  }));
  session.print(bytesFromText(`${JSON.stringify(described)}\n`));
}
