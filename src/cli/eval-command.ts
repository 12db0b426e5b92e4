// `ocinix eval`: prints values as `nix eval` does, or writes them to files.
import type { Evaluation } from "../api/evaluation.ts";
import { writeValue } from "../api/write-value.ts";
import { selectAttrPath } from "../evaluator/attr-path.ts";
import { type AutoArguments, autoCall } from "../evaluator/auto-call.ts";
import { call } from "../evaluator/call.ts";
import { ContextCollector, coerceToString } from "../evaluator/coerce.ts";
import { toJson } from "../evaluator/json.ts";
import { canonicalPath } from "../evaluator/path.ts";
import { toXml } from "../evaluator/xml.ts";
import { noPos } from "../source/position.ts";
import { defaultPrintOptions, printValue } from "../value/print.ts";
import { force } from "../value/thunk.ts";
import type { Lazy, Value } from "../value/value.ts";
import { type ParsedArguments, UsageError } from "./arguments.ts";
import { evaluateSource, givenArguments, startEvaluation } from "./entry-evaluation.ts";
import { entryRequest } from "./entry-request.ts";
import { exitStatus } from "./exit-status.ts";
import type { Session } from "./session.ts";

export function evalCommand(parsed: ParsedArguments, session: Session): number {
  const request = entryRequest(parsed);
  const exclusive = ["raw", "json", "xml", "writeTo"].filter((option) => parsed.has(option));
  if (exclusive.length > 1) throw new UsageError("--raw, --json, --xml and --write-to are mutually exclusive");
  const evaluation = startEvaluation(parsed, session, { prelude: request.prelude });
  evaluation.run(() => {
    const given = givenArguments(evaluation, request);
    for (const source of request.sources) {
      const root = evaluateSource(evaluation, source);
      for (const attrPath of request.attrPaths) {
        output(evaluation, select(evaluation, root, attrPath, given), parsed, session);
      }
    }
  });
  return exitStatus.success;
}

/**
 * A function at the top of the entry is called whenever there is a prelude to take its arguments from; another one, such
 * as one that was selected, only when arguments were given: else it is what the user wants to see.
 */
function select(evaluation: Evaluation, root: Value, attrPath: string, given: ReadonlyMap<string, Lazy>): Value {
  const { interpreter, prelude } = evaluation;
  const args: AutoArguments = prelude?.arguments(given) ?? { given };
  const top = evaluation.isEntryFunction(root) ? autoCall(interpreter, root, args) : root;
  const selected = selectAttrPath(interpreter, top, attrPath, args);
  return given.size === 0 ? force(selected) : autoCall(interpreter, selected, args);
}

function output(evaluation: Evaluation, selected: Value, parsed: ParsedArguments, session: Session): void {
  const { interpreter } = evaluation;
  const apply = parsed.value("apply");
  const value = apply === undefined ? selected : call(interpreter, evaluation.evaluateText(apply, "string"), selected);
  const strict = parsed.has("strict");
  const target = parsed.value("writeTo");
  const collector = new ContextCollector();
  if (target !== undefined) writeValue(interpreter, session.host, value, absolute(session, target));
  else if (parsed.has("raw")) {
    session.print(coerceToString(interpreter, value, noPos, collector, "while generating the eval command output"));
  } else if (parsed.has("json")) {
    session.print(`${toJson(interpreter, value, noPos, collector, { copyToStore: false, strict: true })}\n`);
  } else if (parsed.has("xml")) {
    const location = !parsed.has("noLocation");
    session.print(toXml(interpreter, value, { strict, location }, collector, noPos));
  } else {
    const options = { ...defaultPrintOptions, force: true, derivationPaths: true };
    const errors = strict ? "throw" : "print";
    const text = printValue(value, interpreter.positions, { ...options, errors }, interpreter.settings.maxCallDepth);
    session.print(`${text}\n`);
  }
}

function absolute({ host }: Session, path: string): string {
  return canonicalPath(path.startsWith("/") ? path : `${host.workingDir}/${path}`);
}
