// `ocinix instantiate`: everything as nix-instantiate does it, output and errors to the byte.
import { drvPathOf, findDerivations, outputNameOf } from "../api/derivations.ts";
import type { Evaluation } from "../api/evaluation.ts";
import type { PhysicalStore } from "../api/physical-store.ts";
import { makeOutLinks, OutLinkError } from "../build/out-link.ts";
import { selectAttrPath } from "../evaluator/attr-path.ts";
import { type AutoArguments, autoCall } from "../evaluator/auto-call.ts";
import { determinePos } from "../evaluator/call.ts";
import { ContextCollector, coerceToString } from "../evaluator/coerce.ts";
import { forceDeep } from "../evaluator/force-deep.ts";
import { toJson } from "../evaluator/json.ts";
import { canonicalPath } from "../evaluator/path.ts";
import { toXml } from "../evaluator/xml.ts";
import { printExpr } from "../parser/print-expr.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos } from "../source/position.ts";
import type { StorePath } from "../store/eval-store.ts";
import type { LocalStore } from "../store/local-store.ts";
import { printAmbiguous, showPath } from "../value/print.ts";
import { force } from "../value/thunk.ts";
import type { Lazy } from "../value/value.ts";
import type { ParsedArguments } from "./arguments.ts";
import { evaluateSource, givenArguments, parseSource, running, startEvaluation } from "./entry-evaluation.ts";
import { entryRequest } from "./entry-request.ts";
import { remembering } from "./evaluation-cache.ts";
import { exitStatus } from "./exit-status.ts";
import type { Session } from "./session.ts";

export function instantiateCommand(parsed: ParsedArguments, session: Session): Promise<number> {
  const command = (): Promise<number> => instantiate(parsed, session);
  return parsed.has("eval") ? remembering("instantiate", parsed, session, command) : command();
}

async function instantiate(parsed: ParsedArguments, session: Session): Promise<number> {
  const evaluation = startEvaluation(parsed, session, { prelude: false });
  const command = new InstantiateCommand(parsed, session, evaluation);
  try {
    await (parsed.has("findFile") ? command.findFiles() : command.processSources());
  } finally {
    command.writeAll();
  }
  return exitStatus.success;
}

class InstantiateCommand {
  private readonly parsed: ParsedArguments;
  private readonly session: Session;
  private readonly evaluation: Evaluation;
  private readonly writes: boolean;
  private hasWarned = false;
  private rootCount = 0;

  constructor(parsed: ParsedArguments, session: Session, evaluation: Evaluation) {
    this.parsed = parsed;
    this.session = session;
    this.evaluation = evaluation;
    const reads = parsed.has("eval") || parsed.has("parse");
    this.writes = !parsed.has("dryRun") && !parsed.has("readonlyMode") && (!reads || parsed.has("readWriteMode"));
    evaluation.interpreter.isReadOnly = !this.writes;
  }

  async findFiles(): Promise<void> {
    // The dash asks for standard input, which no name is read from.
    for (const name of this.parsed.operands.filter((word) => word !== "-")) {
      const path = await running(this.evaluation, () => this.evaluation.findFile(name));
      if (path.internal) throw new NixError("file", `'${showPath(path)}' has no physical path`);
      this.session.print(`${path.path}\n`);
    }
  }

  async processSources(): Promise<void> {
    const { evaluation, parsed, session } = this;
    const request = entryRequest(parsed);
    const args: AutoArguments = { given: await running(evaluation, () => givenArguments(evaluation, request)) };
    for (const source of request.sources) {
      if (parsed.has("parse")) {
        session.print(`${await running(evaluation, () => printExpr(parseSource(evaluation, source)))}\n`);
        continue;
      }
      const root = await running(evaluation, () => evaluateSource(evaluation, source));
      for (const attrPath of request.attrPaths) {
        const selected = await running(evaluation, () => {
          const value = selectAttrPath(evaluation.interpreter, root, attrPath, args);
          force(value);
          return value;
        });
        if (parsed.has("eval")) session.print(await running(evaluation, () => this.show(selected, args)));
        else await this.printDerivations(selected, args);
      }
    }
  }

  private show(selected: Lazy, args: AutoArguments): string {
    const { parsed } = this;
    const { interpreter } = this.evaluation;
    const value = args.given.size === 0 ? force(selected) : autoCall(interpreter, selected, args);
    const strict = parsed.has("strict");
    const collector = new ContextCollector();
    // Of several formats the last one on the command line counts.
    switch (parsed.lastOf(["raw", "xml", "json"])) {
      case "raw":
        return coerceToString(interpreter, value, noPos, collector, "while generating the nix-instantiate output");
      case "xml":
        return toXml(interpreter, value, { strict, location: !parsed.has("noLocation") }, collector, noPos, (begun) =>
          this.session.print(begun),
        );
      case "json": {
        const onFault = (written: string): void => this.session.print(written);
        return `${toJson(interpreter, value, determinePos(value), collector, { strict, onFault })}\n`;
      }
    }
    if (strict) forceDeep(interpreter, value);
    return `${printAmbiguous(value, interpreter.settings.maxCallDepth)}\n`;
  }

  /** All derivations are found before the first is written; those before a faulty one are printed. */
  private async printDerivations(selected: Lazy, args: AutoArguments): Promise<void> {
    const { evaluation, physicalStore } = this;
    const { interpreter, store } = evaluation;
    const found = await running(evaluation, () => findDerivations(interpreter, selected, args));
    for (const { set } of found) {
      const [drvPath, output] = await running(evaluation, () => {
        const path = drvPathOf(interpreter, set);
        return [path, outputNameOf(interpreter, set, path)] as const;
      });
      if (this.writes && physicalStore !== undefined) store.materialise(drvPath, physicalStore.open());
      this.session.print(`${this.place(drvPath)}${output === "out" ? "" : `!${output}`}\n`);
    }
  }

  /** Everything that was added to the store is written, also before an error: C++ Nix writes it when it is added. */
  writeAll(): void {
    if (this.writes && this.physicalStore !== undefined)
      this.evaluation.store.materialiseAll(this.physicalStore.open());
  }

  /** What is printed for a derivation: the path itself, or a link to it where the command line names one. */
  private place(drvPath: StorePath): string {
    const name = this.parsed.value("addRoot");
    if (name === undefined) {
      this.warnOfCollector();
      return drvPath;
    }
    this.rootCount++;
    const { host } = this.evaluation;
    const root = canonicalPath(name.startsWith("/") ? name : `${host.workingDir}/${name}`);
    const link = this.rootCount === 1 ? root : `${root}-${this.rootCount}`;
    if (this.physicalStore === undefined) return drvPath;
    if (this.writes) this.makeLink(link, drvPath, this.physicalStore.open());
    return link;
  }

  private makeLink(link: string, path: StorePath, local: LocalStore): void {
    try {
      makeOutLinks(this.evaluation.host, local, [{ link, path }]);
    } catch (error) {
      if (!(error instanceof OutLinkError && error.code === "exists")) throw error;
      throw new NixError("file", `cannot create symlink "${link}"; already exists`);
    }
  }

  private warnOfCollector(): void {
    if (this.hasWarned || this.parsed.has("noGcWarning")) return;
    this.hasWarned = true;
    this.session.warn("you did not specify '--add-root'; the result might be removed by the garbage collector");
  }

  private get physicalStore(): PhysicalStore | undefined {
    return this.evaluation.physicalStore;
  }
}
