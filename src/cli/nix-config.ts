// The configuration: nix.conf of the system, those of the user, NIX_CONFIG and NIX_PATH, then the command line, each over
// what was before. Read, and complained about, in the order in which C++ Nix does it.
import { canonicalPath, dirName } from "../evaluator/path.ts";
import { splitSearchPath } from "../evaluator/settings.ts";
import { FileError, type Host } from "../host/host.ts";
import { bytesFromBuffer } from "../source/bytes.ts";
import { NixError } from "../source/nix-error.ts";
import type { ParsedArguments } from "./arguments.ts";
import { experimentalFeatures, nixSettings, type Setting, type SettingOption, settingNamed } from "./nix-settings.ts";
import { parseInteger, type SettingValue, showSetting, wordsOf } from "./setting-kinds.ts";
import { UsageError } from "./usage-error.ts";

/** A setting that the command line sets, in the order given. */
export type GivenSetting =
  /** `--option NAME VALUE`: a fault is a warning. */
  | { readonly by: "name"; readonly name: string; readonly text: string }
  /** An option of its own, such as `--cores 2`; `text` is undefined for one without a value. */
  | { readonly by: "option"; readonly option: SettingOption; readonly text: string | undefined };

/** Of these options C++ Nix says what is wrong with the number. */
const plainIntegers: ReadonlySet<string> = new Set(["cores", "max-silent-time", "timeout"]);

/**
 * The configuration with what the command line sets. Throws UsageError and NixError: of several faults, the one that C++
 * Nix meets first.
 */
export function readConfig(host: Host, parsed: ParsedArguments, warn: (message: string) => void): NixConfig {
  const config = new NixConfig(host, warn);
  for (const setting of parsed.settings) config.give(setting);
  if (parsed.fault) throw parsed.fault;
  config.finish();
  return config;
}

export class NixConfig {
  private readonly host: Host;
  private readonly warn: (message: string) => void;
  private readonly values = new Map<string, SettingValue>();
  /** Set by the user and not by the system's nix.conf. */
  private readonly overridden = new Set<string>();
  /** The first value of each. */
  private readonly unknown = new Set<string>();
  /** The features that options on the command line need. */
  private readonly needed = new Set<string>();

  /** Reads the files and variables. `warn` takes byte strings without `warning: `. Throws UsageError and NixError. */
  constructor(host: Host, warn: (message: string) => void) {
    this.host = host;
    this.warn = warn;
    this.applyFile(`${canonicalPath(nonEmpty(host.env("NIX_CONF_DIR")) ?? "/etc/nix")}/nix.conf`);
    this.overridden.clear();
    for (const file of userFiles(host).reverse()) this.applyFile(file);
    const config = host.env("NIX_CONFIG");
    if (config !== undefined) this.apply(config, "NIX_CONFIG");
    const path = host.env("NIX_PATH");
    if (path !== undefined) this.set("nix-path", splitSearchPath(path).join(" "));
  }

  /** Sets what the command line says. Throws UsageError and NixError. */
  give(given: GivenSetting): void {
    if (given.by === "name") {
      try {
        this.set(given.name, given.text);
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        this.warn(error.message);
      }
      return;
    }
    const { name, adds, value } = given.option;
    const setting = nixSettings[name]!;
    if (setting.feature !== undefined) this.needed.add(setting.feature);
    this.overridden.add(name);
    if (value !== undefined) this.assign(name, setting, value);
    else {
      if (plainIntegers.has(name)) parseInteger(given.text!, 64n);
      this.setText(name, setting, given.text!, adds);
    }
  }

  /** After the command line: complains about what is unknown. Throws NixError for a feature that an option needs. */
  finish(): void {
    for (const name of [...this.unknown].sort()) this.warn(`unknown setting '${name}'`);
    for (const feature of experimentalFeatures) if (this.needed.has(feature)) this.require(feature);
  }

  /** Throws NixError when an experimental feature is off. */
  require(feature: string): void {
    if (this.isEnabled(feature)) return;
    throw new NixError(
      "missingFeature",
      `experimental Nix feature '${feature}' is disabled; add '--extra-experimental-features ${feature}' to enable it`,
    );
  }

  isEnabled(feature: string): boolean {
    return this.words("experimental-features").includes(feature);
  }

  boolean(name: string): boolean {
    return this.value(name) as boolean;
  }

  integer(name: string): number {
    return Number(this.value(name));
  }

  text(name: string): string {
    return showSetting(this.value(name));
  }

  words(name: string): readonly string[] {
    return this.value(name) as readonly string[];
  }

  isSet(name: string): boolean {
    return this.values.has(name);
  }

  value(name: string): SettingValue {
    const value = this.values.get(name);
    if (value !== undefined) return value;
    const { kind, default: text } = nixSettings[name]!;
    return kind.parse(name === "system" ? this.host.system : text, name);
  }

  private set(name: string, text: string): void {
    const named = settingNamed(name);
    if (named === undefined) {
      this.unknown.add(name);
      return;
    }
    this.setText(named.name, named.setting, text, named.adds);
    this.overridden.add(named.name);
  }

  private setText(name: string, setting: Setting, text: string, adds: boolean): void {
    const { kind, feature } = setting;
    if (feature !== undefined && !this.isEnabled(feature)) {
      this.warn(`Ignoring setting '${name}' because experimental feature '${feature}' is not enabled`);
      return;
    }
    const parsed = kind.parse(text, name);
    const value = name === "experimental-features" ? this.knownFeatures(parsed as readonly string[]) : parsed;
    this.assign(name, setting, adds && kind.add ? kind.add(this.value(name), value) : value);
  }

  private assign(name: string, { replacement }: Setting, value: SettingValue): void {
    this.values.set(name, value);
    if (replacement === undefined) return;
    const level = value === true ? "warn" : "ignore";
    this.warn(`'${name}' is deprecated, use '${replacement} = ${level}' instead`);
    if (!this.overridden.has(replacement)) this.values.set(replacement, level);
  }

  private knownFeatures(features: readonly string[]): readonly string[] {
    const known = new Set<string>();
    for (const feature of features) {
      if (experimentalFeatures.includes(feature)) known.add(feature);
      else if (feature === "no-url-literals") {
        this.warn(
          `experimental feature '${feature}' has been stabilized and renamed; use 'lint-url-literals = fatal' setting instead`,
        );
      } else this.warn(`unknown experimental feature '${feature}'`);
      if (feature === "flakes") known.add("fetch-tree");
    }
    return [...known].sort();
  }

  /** A file that cannot be read is as if it were not there. */
  private applyFile(file: string): void {
    const text = this.read(file);
    if (text !== undefined) this.apply(text, file);
  }

  private apply(text: string, file: string): void {
    const lines: [name: string, text: string][] = [];
    this.parse(text, file, lines);
    const isFeatures = ([name]: readonly string[]) => /^(?:extra-)?experimental-features$/.test(name!);
    const isPath = ([name]: readonly string[]) => /^(?:extra-)?nix-path$/.test(name!);
    for (const [name, text] of lines.filter(isFeatures)) this.set(name, text);
    const hasPath = this.host.env("NIX_PATH") !== undefined;
    for (const line of lines) if (!isFeatures(line) && !(hasPath && isPath(line))) this.set(...line);
  }

  /** The lines `NAME = VALUE` of a text and of what it includes; `#` starts a comment. */
  private parse(text: string, file: string, lines: [name: string, text: string][]): void {
    for (const full of text.split("\n")) {
      const line = full.replace(/#.*/s, "");
      const [name, equals, ...rest] = wordsOf(line);
      if (name === undefined) continue;
      const fault = () => new UsageError(`syntax error in configuration line '${line}' in "${file}"`);
      if (equals === undefined) throw fault();
      if (name === "include" || name === "!include") {
        if (rest.length > 0) throw fault();
        this.include(equals, file, name === "include", lines);
      } else if (equals !== "=") throw fault();
      else lines.push([name, rest.join(" ")]);
    }
  }

  private include(name: string, from: string, isNeeded: boolean, lines: [name: string, text: string][]): void {
    if (!name.startsWith("/") && !from.startsWith("/")) throw new NixError("file", `not an absolute path: "${name}"`);
    const file = canonicalPath(name.startsWith("/") ? name : `${dirName(from)}/${name}`);
    if (this.host.files.lstat(file) === undefined) {
      if (isNeeded) throw new NixError("file", `file "${file}" included from "${from}" not found`);
      return;
    }
    const text = this.read(file);
    if (text !== undefined) this.parse(text, file, lines);
  }

  private read(file: string): string | undefined {
    try {
      return bytesFromBuffer(this.host.files.readFile(this.absolute(file)));
    } catch (error) {
      if (error instanceof FileError) return undefined;
      throw error;
    }
  }

  private absolute(file: string): string {
    return file.startsWith("/") ? file : `${this.host.workingDir}/${file}`;
  }
}

/** The user's files, the one that counts most first. */
function userFiles(host: Host): string[] {
  const named = host.env("NIX_USER_CONF_FILES");
  if (named !== undefined) return named === "" ? [] : named.split(":").map((file) => file || ".");
  const home =
    host.env("NIX_CONFIG_HOME") ?? `${host.env("XDG_CONFIG_HOME") ?? `${host.env("HOME") ?? ""}/.config`}/nix`;
  const shared = (host.env("XDG_CONFIG_DIRS") ?? "/etc/xdg").split(":").filter((dir) => dir !== "");
  return [home, ...shared.map((dir) => `${dir}/nix`)].map((dir) => `${dir}/nix.conf`);
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}
