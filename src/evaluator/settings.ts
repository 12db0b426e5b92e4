// The settings that an expression can notice, under the names of nix.conf.
import type { LintedLiteral } from "../parser/grammar.ts";

export interface Settings {
  readonly experimentalFeatures: ReadonlySet<string>;
  readonly pureEval: boolean;
  readonly restrictEval: boolean;
  readonly allowedUris: readonly string[];
  /** Nested calls; one more is an error of the program. */
  readonly maxCallDepth: number;
  /** Whether what has to be built may be imported. */
  readonly allowImportFromDerivation: boolean;
  /** Whether every such import is a warning. */
  readonly traceImportFromDerivation: boolean;
  readonly lints: Readonly<Record<LintedLiteral, LintLevel>>;
  /** Whether every call and return is logged. */
  readonly traceFunctionCalls: boolean;
  /** Whether warnings are not written. */
  readonly isQuiet: boolean;
  /** Whether there are `exec` and `importNative`. */
  readonly allowUnsafeNativeCode: boolean;
  readonly traceVerbose: boolean;
  readonly abortOnWarn: boolean;
  /** Whether frames of function calls are gathered for error messages. */
  readonly showTrace: boolean;
  /** The release of C++ Nix whose error traces and warnings are written. Values are the same for both. */
  readonly messageVersion: MessageVersion;
  /** So often a function is called before it is compiled to JavaScript; none is when it is infinite. */
  readonly callsBeforeJavaScript: number;
  /** `system` of `builtins.currentSystem`. */
  readonly system: string;
  /** The search path for `<name>`, first match first. */
  readonly nixPath: readonly SearchPathEntry[];
}

/** What is done about a literal that is better written in another way: nothing, a warning, or an error. */
export type LintLevel = "ignore" | "warn" | "fatal";

export type MessageVersion = "2.34" | "2.36";

export interface SearchPathEntry {
  /** Empty for an entry whose sub-folders are the names. */
  readonly prefix: string;
  readonly path: string;
  /** What ocinix brings: not in `builtins.nixPath`. */
  readonly isHidden?: true;
}

export const defaultSettings: Settings = {
  experimentalFeatures: new Set(),
  pureEval: false,
  restrictEval: false,
  allowedUris: [],
  maxCallDepth: 10000,
  allowImportFromDerivation: true,
  traceImportFromDerivation: false,
  lints: { url: "ignore", shortPath: "ignore", absolutePath: "ignore" },
  traceFunctionCalls: false,
  isQuiet: false,
  allowUnsafeNativeCode: false,
  traceVerbose: false,
  abortOnWarn: false,
  showTrace: false,
  messageVersion: "2.36",
  callsBeforeJavaScript: 1500,
  system: "x86_64-linux",
  nixPath: [],
};

/** What of the search path a program sees. */
export function shownSearchPath({ pureEval, nixPath }: Settings): readonly SearchPathEntry[] {
  return pureEval ? [] : nixPath.filter(({ isHidden }) => !isHidden);
}

/** The entries `name=path` or `path` of `NIX_PATH`. */
export function parseSearchPath(text: string): SearchPathEntry[] {
  return splitSearchPath(text).map(parseSearchPathEntry);
}

/** Splits `NIX_PATH` at its colons, but not at the one of a URL that an entry leads to. */
export function splitSearchPath(text: string): string[] {
  const entries: string[] = [];
  for (let start = 0; start < text.length; ) {
    const colon = text.indexOf(":", start);
    let end = colon < 0 ? text.length : colon;
    const value = start + text.slice(start, end).lastIndexOf("=") + 1;
    if (colon >= 0 && isUrl(text.slice(value))) {
      const next = text.indexOf(":", colon + 1);
      end = next < 0 ? text.length : next;
    }
    if (end > start) entries.push(text.slice(start, end));
    start = end + 1;
  }
  return entries;
}

function isUrl(text: string): boolean {
  return /^(?:(?:https?|file|channel|git|s3|ssh):\/\/|channel:|flake:)/.test(text);
}

export function parseSearchPathEntry(text: string): SearchPathEntry {
  const equals = text.indexOf("=");
  return equals < 0 ? { prefix: "", path: text } : { prefix: text.slice(0, equals), path: text.slice(equals + 1) };
}
