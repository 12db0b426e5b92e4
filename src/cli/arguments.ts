// Command lines: a command declares its options in a table, and this turns words into what they mean. As in Nix, an
// option may have several values, `-qlf` is `-q -l -f`, and every setting of nix.conf is an option as well.
import { suggestNames } from "../source/suggestions.ts";
import { settingOption, settingOptions } from "./nix-settings.ts";

export interface OptionSpec {
  /** Every spelling, the one for messages first: `--attr`, `-A`. */
  readonly names: readonly string[];
  /** What its values are called in the help; none for a plain flag. */
  readonly values?: readonly string[];
  /** Nix has two texts for a missing value; this is for the options with the older one. */
  readonly isLegacy?: true;
  /** One line for the help; without it the option is accepted but not shown. */
  readonly summary?: string;
}

export interface OptionGroup {
  readonly title: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** These are settings of nix.conf: shown in the help, but the parser knows them by itself. */
  readonly settings?: true;
}

export interface CommandSpec {
  readonly name: string;
  /** What follows the name on the usage lines, such as `[OPTION]... FILE`. */
  readonly usage: readonly string[];
  readonly summary: string;
  /** Paragraphs for the help. */
  readonly description: readonly string[];
  readonly examples: readonly (readonly [command: string, meaning: string])[];
  readonly groups: readonly OptionGroup[];
  /** The exit status for a command line that makes no sense. */
  readonly usageStatus: number;
}

/** The command line makes no sense. The message is a byte string. */
export class UsageError extends Error {
  readonly suggestions: readonly string[];

  constructor(message: string, suggestions: readonly string[] = []) {
    super(message);
    this.name = "UsageError";
    this.suggestions = suggestions;
  }
}

/** A command line taken apart. All texts are byte strings. */
export class ParsedArguments {
  /** `help` or `version` when that was asked for: nothing after it was looked at. */
  request: "help" | "version" | undefined;
  /** Words that are neither options nor their values. */
  readonly operands: string[] = [];
  /** The words after `--`; undefined when there is none. */
  rest: string[] | undefined;
  /** Settings of nix.conf in the order given; `strict` ones came as an option of their own, where a fault is fatal. */
  readonly settings: { readonly name: string; readonly value: string; readonly strict: boolean }[] = [];
  private readonly given = new Map<string, (readonly string[])[]>();
  /** The options in the order given. */
  private readonly order: string[] = [];

  record(key: string, values: readonly string[]): void {
    this.order.push(key);
    const earlier = this.given.get(key);
    if (earlier) earlier.push(values);
    else this.given.set(key, [values]);
  }

  has(key: string): boolean {
    return this.given.has(key);
  }

  /** The value of an option with one value; of several, the last. */
  value(key: string): string | undefined {
    return this.given.get(key)?.at(-1)?.[0];
  }

  /** Which of these options comes last. */
  lastOf<Key extends string>(keys: readonly Key[]): Key | undefined {
    return this.order.findLast((key): key is Key => keys.some((candidate) => candidate === key)) as Key | undefined;
  }

  /** The values of every occurrence, in order. */
  occurrences(key: string): readonly (readonly string[])[] {
    return this.given.get(key) ?? [];
  }
}

interface Meaning {
  readonly arity: number;
  readonly isLegacy?: true;
  record(values: readonly string[]): void;
}

/** Takes a command line apart. Throws UsageError for an unknown option or a missing value. */
export function parseArguments(command: CommandSpec, words: readonly string[]): ParsedArguments {
  const parsed = new ParsedArguments();
  const options = optionsByName(command);
  const meaningOf = (name: string): Meaning => {
    const option = options.get(name);
    if (option) {
      const { values: { length: arity } = [], isLegacy } = option.spec;
      return { arity, ...(isLegacy && { isLegacy }), record: (given) => parsed.record(option.key, given) };
    }
    if (name === "--option") {
      return {
        arity: 2,
        record: ([setting = "", value = ""]) => parsed.settings.push({ name: setting, value, strict: false }),
      };
    }
    const setting = settingOption(name);
    if (!setting)
      throw new UsageError(
        `unrecognised flag '${name}'`,
        suggestOptions(name, [...options.keys(), ...settingOptions()]),
      );
    return {
      arity: setting.value === undefined ? 1 : 0,
      record: ([value = ""]) =>
        parsed.settings.push({ name: setting.name, value: setting.value ?? value, strict: true }),
    };
  };

  const queue = [...words].reverse();
  for (let word = queue.pop(); word !== undefined; word = queue.pop()) {
    if (word === "--") {
      parsed.rest = queue.reverse();
      break;
    }
    if (word === "--help" || word === "-h" || word === "--version") {
      parsed.request = word === "--version" ? "version" : "help";
      break;
    }
    if (!word.startsWith("-") || word === "-") {
      parsed.operands.push(word);
      continue;
    }
    if (isCompound(word)) {
      const letter = word.slice(0, 2);
      const rest = word.slice(2);
      const isValue = meaningOf(letter).arity > 0 || !/^[A-Za-z]/.test(rest);
      queue.push(isValue ? rest : `-${rest}`, letter);
      continue;
    }
    const equals = word.indexOf("=");
    const name = equals < 0 ? word : word.slice(0, equals);
    const meaning = meaningOf(name);
    const values: string[] = [];
    if (equals >= 0) {
      if (meaning.arity !== 1) throw new UsageError(`flag '${name}' takes ${meaning.arity} arguments, not '=VALUE'`);
      values.push(word.slice(equals + 1));
    }
    while (values.length < meaning.arity) {
      const value = queue.pop();
      if (value === undefined) {
        throw new UsageError(
          meaning.isLegacy
            ? `'${name}' requires an argument`
            : `flag '${name}' requires ${meaning.arity} argument(s), but only ${values.length} were given`,
        );
      }
      values.push(value);
    }
    meaning.record(values);
  }
  return parsed;
}

function optionsByName(command: CommandSpec): ReadonlyMap<string, { readonly key: string; readonly spec: OptionSpec }> {
  const options = new Map<string, { readonly key: string; readonly spec: OptionSpec }>();
  for (const group of command.groups) {
    if (group.settings) continue;
    for (const [key, spec] of Object.entries(group.options)) {
      for (const name of spec.names) options.set(name, { key, spec });
    }
  }
  return options;
}

/** `-qlf`, `-I/path`: a letter with something behind it, which is its value or more letters. */
function isCompound(word: string): boolean {
  return /^-[A-Za-z]./s.test(word);
}

/** A letter is close to every other letter. */
function suggestOptions(name: string, options: readonly string[]): string[] {
  return name.startsWith("--") ? suggestNames(options, name) : [];
}
