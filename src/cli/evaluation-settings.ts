// The evaluator's settings as nix.conf's names and texts give them: NIX_CONFIG first, then the command line in order.
// Faults are Nix's: fatal in an option of its own (`--max-call-depth x`), a warning in `--option max-call-depth x`.
import { defaultSettings, parseSearchPath, parseSearchPathEntry, type Settings } from "../evaluator/settings.ts";
import type { Host } from "../host/host.ts";
import { type ParsedArguments, UsageError } from "./arguments.ts";
import { experimentalFeatures, settingKind } from "./nix-settings.ts";

export interface EvaluationSettings {
  readonly settings: Settings;
  /** Warnings to print, without the word `warning`. */
  readonly warnings: readonly string[];
}

/**
 * The settings of an evaluation. `fallbackPath` ends the search path: the embedded nixpkgs. Throws UsageError for a
 * value that makes no sense.
 */
export function evaluationSettings(
  parsed: ParsedArguments,
  host: Host,
  fallbackPath: Settings["nixPath"],
): EvaluationSettings {
  const table = new SettingTable();
  for (const { name, value } of nixConfig(host)) table.set(name, value);
  for (const { name, value, strict } of parsed.settings) {
    if (strict) table.set(name, value);
    else table.setOrWarn(name, value);
  }
  if (parsed.has("impure")) table.set("pure-eval", "false");
  table.checkFeatures();

  const pureEval = table.boolean("pure-eval", defaultSettings.pureEval);
  const nixPath = table.list("nix-path", host.env("NIX_PATH") === undefined ? [] : [host.env("NIX_PATH")!]);
  return {
    warnings: table.warnings,
    settings: {
      experimentalFeatures: new Set(table.list("experimental-features", [])),
      pureEval,
      restrictEval: table.boolean("restrict-eval", defaultSettings.restrictEval),
      allowedUris: table.list("allowed-uris", []),
      maxCallDepth: table.integer("max-call-depth", defaultSettings.maxCallDepth),
      allowUnsafeNativeCode: table.boolean("allow-unsafe-native-code-during-evaluation", false),
      traceVerbose: table.boolean("trace-verbose", defaultSettings.traceVerbose),
      abortOnWarn: table.boolean("abort-on-warn", host.env("NIX_ABORT_ON_WARN") === "1"),
      showTrace: table.boolean("show-trace", defaultSettings.showTrace),
      messageVersion: table.text("message-version") === "2.34" ? "2.34" : "2.36",
      system: table.text("eval-system") || table.text("system") || host.system,
      nixPath: [
        ...parsed.occurrences("include").map(([entry = ""]) => parseSearchPathEntry(entry)),
        ...(pureEval ? [] : [...nixPath.flatMap(parseSearchPath), ...fallbackPath]),
      ],
    },
  };
}

/** Texts by name, checked when they are set. */
class SettingTable {
  readonly warnings: string[] = [];
  private readonly texts = new Map<string, string>();
  private readonly additions = new Map<string, string>();

  set(name: string, value: string): void {
    const kind = settingKind(name);
    if (kind === undefined) {
      this.warnings.push(`unknown setting '${name}'`);
    } else if (kind === "boolean" && parseBoolean(value) === undefined && name !== "sandbox") {
      throw new UsageError(`Boolean setting '${name}' has invalid value '${value}'`);
    } else if (name === "max-call-depth" && parseInteger(value) === undefined) {
      throw new UsageError(`setting '${name}' has invalid value '${value}'`);
    } else if (name === "message-version" && !/^2\.3[46]$/.test(value)) {
      throw new UsageError(`setting '${name}' has invalid value '${value}'; it is 2.34 or 2.36`);
    } else if (kind === "list" && name.startsWith("extra-")) {
      const list = name.slice("extra-".length);
      this.additions.set(list, `${this.additions.get(list) ?? ""} ${value}`);
    } else {
      this.texts.set(name, value);
      this.additions.delete(name);
    }
  }

  setOrWarn(name: string, value: string): void {
    try {
      this.set(name, value);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      this.warnings.push(error.message);
    }
  }

  checkFeatures(): void {
    for (const feature of this.list("experimental-features", [])) {
      if (!experimentalFeatures.has(feature)) this.warnings.push(`unknown experimental feature '${feature}'`);
    }
  }

  text(name: string): string | undefined {
    return this.texts.get(name);
  }

  boolean(name: string, fallback: boolean): boolean {
    return parseBoolean(this.texts.get(name)) ?? fallback;
  }

  integer(name: string, fallback: number): number {
    return parseInteger(this.texts.get(name)) ?? fallback;
  }

  list(name: string, fallback: readonly string[]): string[] {
    const text = this.texts.get(name);
    return [...(text === undefined ? fallback : words(text)), ...words(this.additions.get(name) ?? "")];
  }
}

function parseBoolean(text: string | undefined): boolean | undefined {
  if (text === "true" || text === "yes" || text === "1") return true;
  if (text === "false" || text === "no" || text === "0") return false;
  return undefined;
}

/** Decimal, with a unit of 1024 and its powers, as in `64K`. */
function parseInteger(text: string | undefined): number | undefined {
  const [, digits, unit = ""] = /^(\d+)([KMGT]?)$/i.exec(text ?? "") ?? [];
  if (digits === undefined) return undefined;
  return Number(digits) * 1024 ** " KMGT".indexOf(unit.toUpperCase() || " ");
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

/** The lines `NAME = VALUE` of the variable NIX_CONFIG; `#` starts a comment. */
function nixConfig(host: Host): { readonly name: string; readonly value: string }[] {
  const lines = (host.env("NIX_CONFIG") ?? "").split("\n").map((line) => words(line.replace(/#.*/, "")));
  return lines.flatMap(([name, equals, ...value]) => {
    if (name === undefined) return [];
    if (equals !== "=") throw new UsageError(`syntax error in configuration line '${name}' in "NIX_CONFIG"`);
    return [{ name, value: value.join(" ") }];
  });
}
