// The settings that an expression can notice, under the names of nix.conf.

export interface Settings {
  readonly experimentalFeatures: ReadonlySet<string>;
  readonly pureEval: boolean;
  readonly restrictEval: boolean;
  readonly allowedUris: readonly string[];
  /** Nested calls; one more is an error of the program. */
  readonly maxCallDepth: number;
  /** Whether there are `exec` and `importNative`. */
  readonly allowUnsafeNativeCode: boolean;
  readonly traceVerbose: boolean;
  readonly abortOnWarn: boolean;
  /** Whether frames of function calls are gathered for error messages. */
  readonly showTrace: boolean;
  /** The release of C++ Nix whose error traces and warnings are written. Values are the same for both. */
  readonly messageVersion: MessageVersion;
  /** `system` of `builtins.currentSystem`. */
  readonly system: string;
  /** The search path for `<name>`, first match first. */
  readonly nixPath: readonly SearchPathEntry[];
}

export type MessageVersion = "2.34" | "2.36";

export interface SearchPathEntry {
  /** Empty for an entry whose sub-folders are the names. */
  readonly prefix: string;
  readonly path: string;
}

export const defaultSettings: Settings = {
  experimentalFeatures: new Set(),
  pureEval: false,
  restrictEval: false,
  allowedUris: [],
  maxCallDepth: 10000,
  allowUnsafeNativeCode: false,
  traceVerbose: false,
  abortOnWarn: false,
  showTrace: false,
  messageVersion: "2.36",
  system: "x86_64-linux",
  nixPath: [],
};

/** Splits `NIX_PATH` or one `-I`: `name=path` or `path`, separated by colons (but not those of URLs). */
export function parseSearchPath(text: string): SearchPathEntry[] {
  const entries: SearchPathEntry[] = [];
  for (const part of text.split(/:(?!\/\/)/)) {
    if (part !== "") entries.push(parseSearchPathEntry(part));
  }
  return entries;
}

export function parseSearchPathEntry(text: string): SearchPathEntry {
  const equals = text.indexOf("=");
  return equals < 0 ? { prefix: "", path: text } : { prefix: text.slice(0, equals), path: text.slice(equals + 1) };
}
