// `ocinix eval`: prints values as `nix eval` does, or writes them to files.
import type { Evaluation } from "../api/evaluation.ts";
import { writeValue } from "../api/write-value.ts";
import { selectAttrPath } from "../evaluator/attr-path.ts";
import { type AutoArguments, autoCall } from "../evaluator/auto-call.ts";
import { call, determinePos } from "../evaluator/call.ts";
import { ContextCollector, coerceToString } from "../evaluator/coerce.ts";
import { toJson } from "../evaluator/json.ts";
import { toXml } from "../evaluator/xml.ts";
import { noPos } from "../source/position.ts";
import { defaultPrintOptions, printValue } from "../value/print.ts";
import { force } from "../value/thunk.ts";
import type { Lazy, Value } from "../value/value.ts";
import type { ParsedArguments } from "./arguments.ts";
import { evaluateSource, givenArguments, running, startEvaluation } from "./entry-evaluation.ts";
import { entryRequest } from "./entry-request.ts";
import { remembering } from "./evaluation-cache.ts";
import { exitStatus } from "./exit-status.ts";
import { indentJson } from "./json-indent.ts";
import { isPretty } from "./pretty.ts";
import type { Session } from "./session.ts";
import { UsageError } from "./usage-error.ts";

export function evalCommand(parsed: ParsedArguments, session: Session): Promise<number> {
  return remembering("eval", parsed, session, () => evaluate(parsed, session));
}

async function evaluate(parsed: ParsedArguments, session: Session): Promise<number> {
  const request = entryRequest(parsed);
  const exclusive = ["raw", "json", "xml"].filter((option) => parsed.has(option));
  if (exclusive.length > 1) {
    throw new UsageError(`${exclusive.map((option) => `--${option}`).join(" and ")} are mutually exclusive`);
  }
  const evaluation = startEvaluation(parsed, session, { prelude: request.prelude });
  evaluation.interpreter.isReadOnly = false;
  const given = await running(evaluation, () => givenArguments(evaluation, request));
  for (const source of request.sources) {
    const root = await running(evaluation, () => evaluateSource(evaluation, source));
    for (const attrPath of request.attrPaths) {
      const text = await running(evaluation, () =>
        output(evaluation, select(evaluation, root, attrPath, given), parsed, session),
      );
      session.print(text);
    }
  }
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
  // As in Nix, a dot is the value itself.
  const selected = selectAttrPath(interpreter, top, attrPath === "." ? "" : attrPath, args);
  return given.size === 0 || prelude === undefined ? force(selected) : autoCall(interpreter, selected, args);
}

/** What to print for a value; with `--write-to`, nothing, after it was written. */
function output(evaluation: Evaluation, selected: Value, parsed: ParsedArguments, session: Session): string {
  const { interpreter } = evaluation;
  const apply = parsed.value("apply");
  const value = apply === undefined ? selected : call(interpreter, evaluation.evaluateText(apply, "string"), selected);
  const strict = parsed.has("strict");
  const target = parsed.value("writeTo");
  const collector = new ContextCollector();
  if (target !== undefined) {
    writeValue(interpreter, session.host, value, target);
    return "";
  }
  if (parsed.has("raw")) {
    return coerceToString(interpreter, value, noPos, collector, "while generating the eval command output");
  }
  if (parsed.has("json")) {
    const options = { copyToStore: false, strict: true };
    const json = toJson(interpreter, value, noPos, collector, options);
    return `${isPretty(parsed) ? indentJson(json) : json}\n`;
  }
  if (parsed.has("xml")) {
    return toXml(interpreter, value, { strict, location: !parsed.has("noLocation") }, collector, noPos);
  }
  const options = {
    ...defaultPrintOptions,
    force: true,
    derivationPaths: true,
    positionOf: determinePos,
    calls: interpreter,
  };
  const errors = strict ? "throw" : "print";
  return `${printValue(value, interpreter.positions, { ...options, errors }, interpreter.settings.maxCallDepth)}\n`;
}
