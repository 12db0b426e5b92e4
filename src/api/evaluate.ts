// `evaluate` of the library: an expression with a host around it, and its value in the forms a caller can use.
import { selectAttrPath } from "../evaluator/attr-path.ts";
import { type AutoArguments, autoCall } from "../evaluator/auto-call.ts";
import { ContextCollector, coerceToString } from "../evaluator/coerce.ts";
import { toJson } from "../evaluator/json.ts";
import { canonicalPath } from "../evaluator/path.ts";
import { defaultSettings, parseSearchPath, parseSearchPathEntry } from "../evaluator/settings.ts";
import { toXml } from "../evaluator/xml.ts";
import type { Host } from "../host/host.ts";
import { bytesFromText, textFromBytes } from "../source/bytes.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos } from "../source/position.ts";
import { defaultPrintOptions, printValue } from "../value/print.ts";
import { force } from "../value/thunk.ts";
import type { Value } from "../value/value.ts";
import { enableBuilding } from "./build.ts";
import { Evaluation, embeddedSearchPath } from "./evaluation.ts";
import { EvaluationError } from "./evaluation-error.ts";
import { dataFromJson, type NixData, valueFromData } from "./nix-data.ts";

/** Nix code, or a file of the host: absolute, relative to its working folder, a folder with a default.nix, `<name>`. */
export type NixSource = string | { readonly file: string };

export interface EvaluateOptions {
  /** The world that the program sees: `createNodeHost()` for this machine, `createMemoryHost(files)` for one of its own. */
  readonly host: Host;
  /** The attribute to take, such as `web.container`; by default the value itself. */
  readonly attr?: string;
  /** Arguments for functions on the way, as `--arg` gives them. */
  readonly args?: Readonly<Record<string, NixData>>;
  /** `name=path` or `path`, searched for `<name>` before the host's NIX_PATH. */
  readonly include?: readonly string[];
  /** Whether the source may use the names of `pkgs`, and its function gets its arguments from there. Default true. */
  readonly prelude?: boolean;
  /** No access to files, environment and time. Default false. */
  readonly pureEval?: boolean;
  /** Names of language features, such as `pipe-operators`. */
  readonly experimentalFeatures?: readonly string[];
  /** `builtins.currentSystem`; by default the host's. */
  readonly system?: string;
  /** How many calls may be nested. Default 10000, as in Nix, if the stack of the process has room for them. */
  readonly maxCallDepth?: number;
  /** Whether reports of errors show every frame. */
  readonly showTrace?: boolean;
  /** Whether diagnostics of errors know the calls that led there. Evaluation is a little slower then. Default false. */
  readonly callFrames?: boolean;
  /** The folder of a physical store, absolute: its objects can be read then. By default all of the store is virtual. */
  readonly storeDir?: string;
}

/**
 * Evaluates an expression to its outermost constructor; what is in it is evaluated as it is asked for. It runs on the
 * caller's stack, and what asks too much of that is an error like any other. Throws EvaluationError.
 */
export function evaluate(source: NixSource, options: EvaluateOptions): EvaluatedValue {
  const evaluation = startEvaluation(options);
  const value = evaluating(evaluation, () => {
    const args = argumentsOf(evaluation, options);
    const selected = selectAttrPath(
      evaluation.interpreter,
      evaluateSource(evaluation, source, args),
      bytesFromText(options.attr ?? ""),
      args,
    );
    return options.args === undefined ? force(selected) : autoCall(evaluation.interpreter, selected, args);
  });
  return new EvaluatedValue(evaluation, value);
}

/** The value of an expression. Every method may throw EvaluationError, as it evaluates what is not evaluated yet. */
export class EvaluatedValue {
  private readonly evaluation: Evaluation;
  private readonly value: Value;

  constructor(evaluation: Evaluation, value: Value) {
    this.evaluation = evaluation;
    this.value = value;
  }

  /** As data; a derivation is its `outPath`. Functions are an error. */
  toData(): NixData {
    return dataFromJson(this.json());
  }

  /** Compact JSON with sorted keys, as `ocinix eval --json` prints it. */
  toJson(): string {
    return textFromBytes(this.json());
  }

  /** A string, a path or a derivation as text, as `ocinix eval --raw` prints it. */
  toText(): string {
    const { interpreter } = this.evaluation;
    return textFromBytes(
      evaluating(this.evaluation, () =>
        coerceToString(
          interpreter,
          this.value,
          noPos,
          new ContextCollector(),
          "while generating the text of the value",
        ),
      ),
    );
  }

  /** XML as of `builtins.toXML`. */
  toXml(): string {
    const { interpreter } = this.evaluation;
    const options = { strict: true, location: false };
    return textFromBytes(
      evaluating(this.evaluation, () => toXml(interpreter, this.value, options, new ContextCollector(), noPos)),
    );
  }

  /** Nix syntax, as `ocinix eval` prints it; errors of nested values are shown in their place. */
  toString(): string {
    const { interpreter } = this.evaluation;
    const { positions, settings } = interpreter;
    const options = { ...defaultPrintOptions, force: true, derivationPaths: true, calls: interpreter };
    return textFromBytes(
      evaluating(this.evaluation, () => printValue(this.value, positions, options, settings.maxCallDepth)),
    );
  }

  private json(): string {
    const { interpreter } = this.evaluation;
    return evaluating(this.evaluation, () =>
      toJson(interpreter, this.value, noPos, new ContextCollector(), { copyToStore: false, strict: true }),
    );
  }
}

/** An evaluation as the options of the library describe it. */
export function startEvaluation(options: EvaluateOptions): Evaluation {
  const { host, pureEval = false, include = [], storeDir } = options;
  const nixPath = pureEval ? [] : [...parseSearchPath(host.env("NIX_PATH") ?? ""), ...embeddedSearchPath];
  const evaluation = new Evaluation({
    host,
    settings: {
      ...defaultSettings,
      pureEval,
      system: options.system === undefined ? host.system : bytesFromText(options.system),
      experimentalFeatures: new Set(options.experimentalFeatures),
      maxCallDepth: options.maxCallDepth ?? defaultSettings.maxCallDepth,
      showTrace: options.showTrace ?? false,
      nixPath: [...include.map((entry) => parseSearchPathEntry(bytesFromText(entry))), ...nixPath],
    },
    storeDir: storeDir === undefined ? undefined : canonicalPath(bytesFromText(storeDir)),
    prelude: options.prelude ?? true,
    callFrames: options.callFrames ?? false,
  });
  if (storeDir !== undefined) enableBuilding(evaluation);
  return evaluation;
}

export function argumentsOf({ prelude }: Evaluation, { args = {} }: EvaluateOptions): AutoArguments {
  const given = new Map(Object.entries(args).map(([name, data]) => [bytesFromText(name), valueFromData(data)]));
  return prelude?.arguments(given) ?? { given };
}

/** The value of the source; with a prelude, a function at its top is called. To be called in `evaluating`. */
export function evaluateSource(evaluation: Evaluation, source: NixSource, args: AutoArguments): Value {
  const value =
    typeof source === "string"
      ? evaluation.evaluateText(bytesFromText(source), "string")
      : evaluation.evaluateFile(bytesFromText(source.file));
  return evaluation.prelude === undefined ? value : autoCall(evaluation.interpreter, value, args);
}

/** Runs part of an evaluation. Throws EvaluationError for a fault of the program. */
export function evaluating<T>(evaluation: Evaluation, action: () => T): T {
  const { interpreter } = evaluation;
  let depth = 0;
  try {
    return evaluation.run(() => {
      try {
        return action();
      } finally {
        depth = interpreter.callDepth;
      }
    });
  } catch (error) {
    if (!(error instanceof NixError)) throw error;
    const { maxCallDepth, showTrace } = interpreter.settings;
    const isNative = error.kind === "stackOverflow" && depth < maxCallDepth;
    const told = isNative ? EvaluationError.stackAdvice(error, depth, maxCallDepth) : error;
    throw new EvaluationError(told, evaluation, showTrace);
  }
}
