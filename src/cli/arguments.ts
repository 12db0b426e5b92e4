// Command lines: a command declares its options in a table, and this turns words into what they mean. As in Nix, an
// option may have several values, `-qlf` is `-q -l -f`, and every setting of nix.conf is an option as well.
import { suggestNames } from "../source/suggestions.ts";
import type { GivenSetting } from "./nix-config.ts";
import { settingOption, settingOptions } from "./nix-settings.ts";
import { UsageError } from "./usage-error.ts";

export interface OptionSpec {
  /** Every spelling, the one for messages first: `--attr`, `-A`. */
  readonly names: readonly string[];
  /** What its values are called in the help; none for a plain flag. */
  readonly values?: readonly string[];
  /** Of nix-instantiate itself, where another text complains of a missing value, and `--` is no end of these options. */
  readonly isLegacy?: true;
  /** The option of a setting of nix.conf that this is another spelling of. */
  readonly means?: string;
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
  /**
   * The command of C++ Nix whose words are taken apart as there: no `--option=VALUE`, no `-h`, in `-Ax` only letters, and
   * after `--` operands, or for nix-instantiate its own options as well.
   */
  readonly style?: "nix" | "nix-instantiate";
  /** How many operands there have to be, and can be, where that is checked before anything else. */
  readonly operands?: { readonly least: number; readonly most: number };
  /** Not one of those that make containers: in the second part of the overview. */
  readonly isUtility?: true;
  /** Left out of the overview: another command has its place now. */
  readonly isOld?: true;
}

/** A command line taken apart. All texts are byte strings. */
export class ParsedArguments {
  /** `help` or `version` when that was asked for: nothing after it was looked at. */
  request: "help" | "version" | undefined;
  /** Words that are neither options nor their values. */
  readonly operands: string[] = [];
  /** The words after `--`; undefined when there is none. */
  rest: string[] | undefined;
  /** Settings of nix.conf in the order given. */
  readonly settings: GivenSetting[] = [];
  /** What makes no sense: nothing after it was looked at. What came before may be at fault in other ways, earlier. */
  fault: UsageError | undefined;
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

  /** All options and operands: equal for command lines that say the same in the same order. */
  get everything(): readonly unknown[] {
    return [this.operands, this.rest ?? null, this.order, [...this.given]];
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

/** Takes a command line apart, as far as it makes sense. */
export function parseArguments(command: CommandSpec, words: readonly string[]): ParsedArguments {
  const parser = new ArgumentParser(command);
  try {
    parser.parse(words);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    parser.parsed.fault = error;
  }
  return parser.parsed;
}

class ArgumentParser {
  readonly parsed = new ParsedArguments();
  private readonly style: CommandSpec["style"];
  private readonly options: ReadonlyMap<string, { readonly key: string; readonly spec: OptionSpec }>;
  private readonly limits: CommandSpec["operands"];
  /** The words that are left, the next one last. */
  private queue: string[] = [];

  constructor(command: CommandSpec) {
    this.style = command.style;
    this.options = optionsByName(command);
    this.limits = command.operands;
  }

  private get isNix(): boolean {
    return this.style !== undefined;
  }

  /** Throws UsageError for an unknown option or a missing value. */
  parse(words: readonly string[]): void {
    this.queue = words.toReversed();
    for (let word = this.queue.pop(); word !== undefined; word = this.queue.pop()) {
      if (word === "--") {
        this.parseRest(this.queue.reverse());
        break;
      }
      if (word === "--help" || word === "--version" || (word === "-h" && !this.isNix)) {
        this.parsed.request = word === "--version" ? "version" : "help";
        break;
      }
      if (!word.startsWith("-") || word === "-") this.takeOperand(word);
      else if (isCompound(word)) this.splitLetters(word);
      else this.parseOption(word);
    }
    if (this.parsed.request === undefined && this.parsed.operands.length < (this.limits?.least ?? 0)) {
      throw new UsageError("more arguments are required");
    }
  }

  private takeOperand(word: string): void {
    const { operands } = this.parsed;
    if (operands.length === this.limits?.most) throw new UsageError(`unexpected argument '${word}'`);
    operands.push(word);
  }

  /** The words after `--`. */
  private parseRest(words: readonly string[]): void {
    if (this.style === undefined) this.parsed.rest = [...words];
    if (this.style === "nix") for (const word of words) this.takeOperand(word);
    if (this.style !== "nix-instantiate") return;
    for (const word of words) {
      const isOption = this.options.get(word)?.spec.isLegacy === true;
      if (!isOption && word.startsWith("-") && word !== "-") throw new UsageError(`unexpected argument '${word}'`);
      if (isOption) this.parseOption(word, []);
      else this.takeOperand(word);
    }
  }

  /** `-qlf` and `-I/path`: a letter with something behind it, which is its value or more letters. */
  private splitLetters(word: string): void {
    const letter = word.slice(0, 2);
    const rest = word.slice(2);
    if (this.isNix) {
      const [letters = ""] = /^[A-Za-z]*/.exec(rest)!;
      const value = rest.slice(letters.length);
      const words = [letter, ...Array.from(letters, (one) => `-${one}`), ...(value === "" ? [] : [value])];
      // In Nix the word is not looked at again, so that of the letters even the first can be a value.
      this.queue.push(...words.slice(1).reverse());
      this.parseOption(letter);
      return;
    }
    const isValue = this.meaningOf(letter).arity > 0 || !/^[A-Za-z]/.test(rest);
    this.queue.push(isValue ? rest : `-${rest}`, letter);
  }

  private parseOption(word: string, queue = this.queue): void {
    const equals = this.isNix ? -1 : word.indexOf("=");
    const name = equals < 0 ? word : word.slice(0, equals);
    const meaning = this.meaningOf(name);
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

  private meaningOf(name: string): Meaning {
    const { parsed, options } = this;
    const known = options.get(name);
    if (known && known.spec.means === undefined) {
      const { values: { length: arity } = [], isLegacy } = known.spec;
      return { arity, ...(isLegacy && { isLegacy }), record: (given) => parsed.record(known.key, given) };
    }
    if (name === "--option") {
      return {
        arity: 2,
        record: ([setting = "", text = ""]) => parsed.settings.push({ by: "name", name: setting, text }),
      };
    }
    const option = settingOption(known?.spec.means ?? name);
    if (!option) {
      const others = [...options.keys(), "--option", ...settingOptions()];
      throw new UsageError(`unrecognised flag '${name}'`, suggestOptions(name, others));
    }
    return {
      arity: option.value === undefined ? 1 : 0,
      record: ([text]) => parsed.settings.push({ by: "option", option, text }),
    };
  }
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

function isCompound(word: string): boolean {
  return /^-[A-Za-z]./s.test(word);
}

/** A letter is close to every other letter. */
function suggestOptions(name: string, options: readonly string[]): string[] {
  return name.startsWith("--") ? suggestNames(options, name) : [];
}
