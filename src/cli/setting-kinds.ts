// How the values of nix.conf are written: each kind of setting reads a text and writes the value back, as
// `nix config show` does. Faults are UsageErrors in the words of C++ Nix.
import { canonicalPath } from "../evaluator/path.ts";
import { NixError } from "../source/nix-error.ts";
import { UsageError } from "./usage-error.ts";

export type SettingValue = boolean | bigint | string | readonly string[] | ReadonlyMap<string, string>;

export interface SettingKind {
  /** Throws UsageError; `name` is the setting's. */
  parse(text: string, name: string): SettingValue;
  /** The value with what `extra-NAME` adds to it. Settings of a kind without this cannot be added to. */
  add?(value: SettingValue, more: SettingValue): SettingValue;
  /** What the options that take no value mean, by their prefix: `--no-NAME`. */
  readonly switches?: Readonly<Record<string, SettingValue>>;
}

/** The value as in a line of nix.conf. */
export function showSetting(value: SettingValue): string {
  if (value instanceof Map) return [...value].map(([key, text]) => ` ${key}=${text}`).join("");
  return Array.isArray(value) ? value.join(" ") : String(value);
}

export const boolean: SettingKind = {
  parse(text, name) {
    if (text === "true" || text === "yes" || text === "1") return true;
    if (text === "false" || text === "no" || text === "0") return false;
    throw new UsageError(`Boolean setting '${name}' has invalid value '${text}'`);
  },
  switches: { "": true, "no-": false },
};

export const text: SettingKind = { parse: (text) => text };

export const unsigned32 = integer((number) => BigInt.asUintN(32, number), 32n);
export const unsigned64 = integer((number) => BigInt.asUintN(64, number), 64n);
export const signed64: SettingKind = integer((number) => BigInt.asIntN(64, number));

function integer(wrap: (number: bigint) => bigint, bits?: bigint): SettingKind {
  return {
    parse(text, name) {
      try {
        return wrap(parseInteger(text, bits));
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        throw new UsageError(`setting '${name}' has invalid value '${text}'`);
      }
    },
  };
}

/**
 * Decimal, with a unit of 1024 and its powers, as in `64K`; too large only without the unit. Signed when there are no
 * bits. Throws UsageError.
 */
export function parseInteger(text: string, bits?: bigint): bigint {
  const unit = /[A-Za-z]$/.exec(text)?.[0].toUpperCase() ?? "";
  const power = ["", "K", "M", "G", "T"].indexOf(unit);
  if (power < 0) throw new UsageError(`invalid unit specifier '${unit}'`);
  const digits = text.slice(0, text.length - unit.length);
  const isInteger = bits === undefined ? /^[+-]?\d+$/.test(digits) : /^\+?\d+$/.test(digits);
  const number = isInteger ? BigInt(digits.replace("+", "")) : 0n;
  const fits = bits === undefined ? BigInt.asIntN(64, number) === number : number < 1n << bits;
  if (!isInteger || !fits) throw new UsageError(`'${digits}' is not an integer`);
  return number << BigInt(10 * power);
}

/** How many builds at once. */
export const jobs: SettingKind = {
  parse(text, name) {
    if (text === "auto") return BigInt(process.getBuiltinModule("node:os").availableParallelism());
    const number = /^\+?\d+$/.test(text) ? BigInt(text.replace("+", "")) : undefined;
    if (number !== undefined && number < 1n << 32n) return number;
    throw new UsageError(`configuration setting '${name}' should be 'auto' or an integer`);
  },
};

export const words: SettingKind = {
  parse: wordsOf,
  add: (value, more) => [...(value as string[]), ...(more as string[])],
};

export const wordSet: SettingKind = {
  parse: sortedWords,
  add: (value, more) => sorted([...(value as string[]), ...(more as string[])]),
};

/** File names; nothing can be added to these. */
export const files: SettingKind = { parse: wordsOf };
export const fileSet: SettingKind = { parse: sortedWords };

/** Words `KEY=VALUE`; the first of the same key counts, others are left out. */
export const wordMap: SettingKind = {
  parse(text) {
    const pairs = wordsOf(text)
      .filter((word) => word.includes("="))
      .map((word) => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)] as const);
    return sortedMap(pairs);
  },
  add: (value, more) =>
    sortedMap([...(value as ReadonlyMap<string, string>), ...(more as ReadonlyMap<string, string>)]),
};

export const path: SettingKind = { parse: notEmpty };

export const absolutePath: SettingKind = { parse: (text, name) => absolute(notEmpty(text, name)) };

export const optionalPath: SettingKind = { parse: (text) => (text === "" ? "" : absolute(text)) };

export const sandbox: SettingKind = {
  parse(text, name) {
    if (text !== "true" && text !== "relaxed" && text !== "false") {
      throw new UsageError(`option '${name}' has invalid value '${text}'`);
    }
    return text;
  },
  switches: { "": "true", "no-": "false", "relaxed-": "relaxed" },
};

/** Words `INSIDE[=OUTSIDE][?]`. */
export const sandboxPaths: SettingKind = {
  parse(text) {
    const paths = new Map<string, string>();
    for (const word of wordsOf(text)) {
      const [, inside = "", outside = inside, optional = ""] = /^([^=]*?)(?:=(.*?))?(\??)$/s.exec(word)!;
      paths.set(inside, (inside === outside ? inside : `${inside}=${outside}`) + optional);
    }
    return sorted([...paths.values()]);
  },
  add: (value, more) => sorted([...(value as string[]), ...(more as string[])]),
};

export const lint = choice("ignore", "warn", "fatal");

export const profiler: SettingKind = {
  parse(text, name) {
    if (text === "disabled" || text === "flamegraph") return text;
    throw new UsageError(`option '${name}' has invalid value '${text}'`);
  },
};

/** One of two or more words. */
export function choice(...choices: readonly string[]): SettingKind {
  const quoted = choices.map((word) => `'${word}'`);
  const expected = `${quoted.slice(0, -1).join(", ")}${quoted.length > 2 ? "," : ""} or ${quoted.at(-1)}`;
  return {
    parse(text, name) {
      if (choices.includes(text)) return text;
      throw new UsageError(`option '${name}' has invalid value '${text}' (expected ${expected})`);
    },
  };
}

export const store: SettingKind = { parse: parseStore };

export const stores: SettingKind = {
  parse: (text) => wordsOf(text).map(parseStore),
  add: (value, more) => [...(value as string[]), ...(more as string[])],
};

export const storeSet: SettingKind = {
  parse: (text) => sorted(wordsOf(text).map(parseStore)),
  add: (value, more) => sorted([...(value as string[]), ...(more as string[])]),
};

/** A store: a URL, a folder, or a word for one of this machine. */
function parseStore(text: string): string {
  const name = text.replace(/\?.*/s, "");
  if (name === "") return "auto";
  if (name.startsWith("/")) return `local://${text}`;
  if (/^(?:auto|daemon|local)$/.test(name) || name.includes("/") || /^[a-z][a-z\d+.-]*:/i.test(name)) return text;
  throw new UsageError(`Cannot parse Nix store '${text}'`);
}

/** JSON that is kept as it is. */
export const json: SettingKind = {
  parse(text, name) {
    try {
      return JSON.stringify(JSON.parse(text));
    } catch (error) {
      throw new UsageError(`parsing setting '${name}': ${error instanceof Error ? error.message : error}`);
    }
  },
};

export function wordsOf(text: string): string[] {
  return text.split(/[ \t\n\r]+/).filter((word) => word !== "");
}

function sortedWords(text: string): string[] {
  return sorted(wordsOf(text));
}

function sorted(words: readonly string[]): string[] {
  return [...new Set(words)].sort();
}

function sortedMap(pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
  return new Map(pairs.toReversed().sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

function notEmpty(text: string, name: string): string {
  if (text === "") throw new UsageError(`setting '${name}' is a path and paths cannot be empty`);
  return text;
}

/** Not a UsageError, so that it is fatal in `--option` as well. */
function absolute(text: string): string {
  if (!text.startsWith("/")) throw new NixError("file", `not an absolute path: "${text}"`);
  return canonicalPath(text);
}
