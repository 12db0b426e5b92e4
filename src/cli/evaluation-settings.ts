// What the evaluator has to know of the configuration.
import { type LintLevel, parseSearchPathEntry, type Settings } from "../evaluator/settings.ts";
import type { Host } from "../host/host.ts";
import type { ParsedArguments } from "./arguments.ts";
import type { NixConfig } from "./nix-config.ts";

/** The settings of an evaluation. `fallbackPath` ends the search path: the embedded nixpkgs. */
export function evaluationSettings(
  config: NixConfig,
  parsed: ParsedArguments,
  host: Host,
  fallbackPath: Settings["nixPath"],
): Settings {
  const lint = (name: string) => config.text(`lint-${name}-literals`) as LintLevel;
  const pureEval = config.boolean("pure-eval");
  const included = parsed.occurrences("include").map(([entry = ""]) => parseSearchPathEntry(entry));
  return {
    experimentalFeatures: new Set(config.words("experimental-features")),
    pureEval,
    restrictEval: config.boolean("restrict-eval"),
    allowedUris: config.words("allowed-uris"),
    maxCallDepth: config.integer("max-call-depth"),
    allowImportFromDerivation: config.boolean("allow-import-from-derivation"),
    traceImportFromDerivation: config.boolean("trace-import-from-derivation"),
    lints: { url: lint("url"), shortPath: lint("short-path"), absolutePath: lint("absolute-path") },
    traceFunctionCalls: config.boolean("trace-function-calls"),
    isQuiet: isQuiet(parsed),
    allowUnsafeNativeCode: config.boolean("allow-unsafe-native-code-during-evaluation"),
    traceVerbose: config.boolean("trace-verbose"),
    abortOnWarn: config.isSet("abort-on-warn") ? config.boolean("abort-on-warn") : abortsOnWarn(host),
    showTrace: config.boolean("show-trace"),
    callsBeforeJavaScript: config.integer("calls-before-javascript"),
    messageVersion: config.text("message-version") === "2.34" ? "2.34" : "2.36",
    system: config.text("eval-system") || config.text("system"),
    nixPath: pureEval ? [] : [...included, ...config.words("nix-path").map(parseSearchPathEntry), ...fallbackPath],
  };
}

function abortsOnWarn(host: Host): boolean {
  return /^(?:1|yes|true)$/.test(host.env("NIX_ABORT_ON_WARN") ?? "");
}

/** Whether so many `--quiet` were given that warnings are not shown. */
export function isQuiet(parsed: ParsedArguments): boolean {
  return parsed.occurrences("quiet").length - parsed.occurrences("verbose").length > 2;
}
