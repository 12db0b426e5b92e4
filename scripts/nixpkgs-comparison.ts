// A package set evaluated by C++ Nix and by ocinix, one after the other, and what differs. Both see the same files and
// variables and nothing of the user's own configuration.
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** Something to evaluate. In the expression, `pkgs` is the package set and `nixpkgs` its folder. */
export interface Item {
  readonly label: string;
  readonly expression: string;
}

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}

type Program = "reference" | "ocinix";

export interface ComparisonOptions {
  /** The folder of the package set. */
  readonly dir: string;
  /** Nix code of the set that the package set is called with. */
  readonly args: string;
  /** Whether derivations' `meta` is compared too. */
  readonly meta: boolean;
  /** The folder of the reference's programs. */
  readonly reference: string;
  /** The path of bin/ocinix. */
  readonly ocinix: string;
  /** Whether values are evaluated in stores that are written to, for sets that read what they put there. */
  readonly write: boolean;
  /** More arguments for both programs. */
  readonly flags: readonly string[];
  /** Called with every difference. */
  readonly onDifference: (label: string, text: string) => void;
}

/** What one comparison found. Times are in seconds. */
export class Tally {
  items = 0;
  derivations = 0;
  files = 0;
  /** Both fail, with the same message. */
  failing = 0;
  different = 0;
  readonly seconds: Record<Program, number> = { reference: 0, ocinix: 0 };
}

type Described = { readonly drvPath?: string; readonly fails?: true } | string;

const probe = path.join(import.meta.dirname, "nixpkgs-probe.nix");

export class NixpkgsComparison {
  /** Removed by `close`, which may be called again. */
  readonly folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "ocinix-nixpkgs-"));
  private readonly options: ComparisonOptions;
  private readonly messageVersion: string;
  private readonly written: Record<Program, Set<string>> = { reference: new Set(), ocinix: new Set() };

  constructor(options: ComparisonOptions, messageVersion: string) {
    this.options = options;
    this.messageVersion = messageVersion;
    fs.mkdirSync(path.join(this.folder, "home"));
  }

  close(): void {
    if (!fs.existsSync(this.folder)) return;
    makeWritable(this.folder);
    fs.rmSync(this.folder, { recursive: true });
  }

  /** Derivations' paths, without writing anything. What fails in one evaluation of all is evaluated in halves. */
  async compareValues(items: readonly Item[], tally: Tally): Promise<void> {
    const { meta } = this.options;
    const list = items.map(({ expression }) => `(show (${expression}))`).join("\n");
    const expression = this.inScope(`let show = import ${probe} { meta = ${meta}; }; in [\n${list}\n]`);
    const [reference, ocinix] = await this.both(tally, ["--eval", "--strict", "--json"], expression);
    const expected = parsed(reference);
    const actual = parsed(ocinix);
    if (items.length === 1 || (expected !== undefined && actual !== undefined)) {
      if (expected === undefined || actual === undefined)
        this.takeFailure(items[0] as Item, [reference, ocinix], tally);
      else for (const [index, item] of items.entries()) this.takeValue(item, expected[index], actual[index], tally);
      if (expected !== undefined && reference.stderr !== ocinix.stderr) {
        this.different(`warnings of ${items[0]?.label} …`, tally, reference.stderr, ocinix.stderr);
      }
      return;
    }
    const middle = items.length >> 1;
    await this.compareValues(items.slice(0, middle), tally);
    await this.compareValues(items.slice(middle), tally);
  }

  /** The messages of what `tryEval` would hide: both evaluate the item alone and without it. */
  async compareMessages(item: Item, tally: Tally): Promise<void> {
    const expression = this.inScope(`let value = ${item.expression}; in value.drvPath or value`);
    const [reference, ocinix] = await this.both(tally, ["--eval"], expression);
    if (reference.status === 0 && ocinix.status === 0) {
      if (reference.stdout !== ocinix.stdout) this.different(item.label, tally, reference.stdout, ocinix.stdout);
    } else this.compareFailure(item, [reference, ocinix], tally);
  }

  /**
   * Every file of the closure, byte for byte: both write into stores of their own. Counts files only, since the values
   * are compared too.
   */
  async compareClosures(item: Item, tally: Tally): Promise<void> {
    const expression = this.inScope(item.expression);
    const outcomes = await this.both(tally, [], expression);
    const [reference, ocinix] = outcomes;
    const isSame = (["status", "stdout", "stderr"] as const).every((part) => reference[part] === ocinix[part]);
    if (!isSame) this.compareFailure(item, outcomes, tally);
    // Also of what fails: both have written what they made before.
    else this.compareFiles(item, tally);
  }

  /** The names of a set's attributes, which both have to agree about. None when there is no such set. */
  async attributeNames(set: string, tally: Tally): Promise<readonly string[]> {
    const expression = this.inScope(`builtins.attrNames (${set})`);
    const [reference, ocinix] = await this.both(tally, ["--eval", "--strict", "--json"], expression);
    const label = `names of ${set}`;
    if (reference.status !== 0) {
      this.takeFailure({ label, expression }, [reference, ocinix], tally);
      return [];
    }
    if (reference.stdout !== ocinix.stdout) this.different(label, tally, reference.stdout, ocinix.stdout);
    return JSON.parse(reference.stdout) as string[];
  }

  private inScope(expression: string): string {
    const { dir, args } = this.options;
    return `let nixpkgs = ${dir}; pkgs = import nixpkgs ${args}; in ${expression}`;
  }

  private takeValue(
    { label }: Item,
    expected: Described | undefined,
    actual: Described | undefined,
    tally: Tally,
  ): void {
    tally.items++;
    if (typeof expected === "object") {
      if (expected.drvPath !== undefined) tally.derivations++;
      if (expected.fails) tally.failing++;
    }
    const texts = [expected, actual].map((value) => JSON.stringify(value, undefined, 1) ?? "");
    if (texts[0] !== texts[1]) this.different(label, tally, texts[0] ?? "", texts[1] ?? "");
  }

  private takeFailure(item: Item, outcomes: readonly [Outcome, Outcome], tally: Tally): void {
    tally.items++;
    tally.failing++;
    this.compareFailure(item, outcomes, tally);
  }

  private compareFailure({ label }: Item, [reference, ocinix]: readonly [Outcome, Outcome], tally: Tally): void {
    if (
      reference.status === ocinix.status &&
      reference.stderr === ocinix.stderr &&
      reference.stdout === ocinix.stdout
    ) {
      return;
    }
    this.different(label, tally, `${reference.stdout}${reference.stderr}`, `${ocinix.stdout}${ocinix.stderr}`);
  }

  private different(label: string, tally: Tally, reference: string, ocinix: string): void {
    tally.different++;
    this.options.onDifference(label, firstDifference(reference, ocinix));
  }

  private compareFiles({ label }: Item, tally: Tally): void {
    const reference = this.newObjects("reference");
    const ocinix = this.newObjects("ocinix");
    tally.files += reference.length;
    if (reference.join("\n") !== ocinix.join("\n")) {
      this.different(`${label}: objects`, tally, reference.join("\n"), ocinix.join("\n"));
      return;
    }
    for (const name of reference) {
      const places = [this.objectPath("reference", name), this.objectPath("ocinix", name)] as const;
      if (!isSameTree(...places)) this.different(`${label}: ${name}`, tally, ...texts(...places));
    }
  }

  /** The names of store objects that were written since the last call. */
  private newObjects(program: Program): string[] {
    const known = this.written[program];
    const names = fs.readdirSync(this.objectPath(program, ""), { encoding: "latin1" });
    // C++ Nix keeps hard links for deduplication in a folder there.
    const fresh = names.filter((name) => !known.has(name) && !name.startsWith("."));
    for (const name of fresh) known.add(name);
    return fresh.sort();
  }

  private objectPath(program: Program, name: string): string {
    return path.join(this.folder, program, "nix/store", name);
  }

  private async both(tally: Tally, flags: readonly string[], expression: string): Promise<readonly [Outcome, Outcome]> {
    const { write } = this.options;
    const isWritten = write || !flags.includes("--eval");
    const store = (program: Program): string => (isWritten ? path.join(this.folder, program) : "dummy://");
    // In a file, because a command line cannot be that long.
    const file = path.join(this.folder, "expression.nix");
    fs.writeFileSync(file, `${expression}\n`);
    const writing = write && flags.includes("--eval") ? ["--read-write-mode"] : [];
    const args = [...flags, ...writing, ...this.options.flags, "-I", `nixpkgs=${this.options.dir}`, file];
    const reference = await this.timed(tally, "reference", ["--store", store("reference"), ...args]);
    const ocinix = await this.timed(tally, "ocinix", ["--store", store("ocinix"), ...args]);
    return [reference, ocinix];
  }

  private async timed(tally: Tally, program: Program, args: readonly string[]): Promise<Outcome> {
    const { reference, ocinix } = this.options;
    const command =
      program === "reference"
        ? [path.join(reference, "nix-instantiate")]
        : [ocinix, "instantiate", "--message-version", this.messageVersion];
    const start = performance.now();
    const outcome = await run([...command, ...args], this.folder);
    tally.seconds[program] += (performance.now() - start) / 1000;
    return outcome;
  }
}

/** Runs a program to its end, with nothing of the user's variables but PATH. */
function run([program, ...args]: readonly string[], folder: string): Promise<Outcome> {
  const home = path.join(folder, "home");
  const child = spawn(program as string, args, {
    cwd: home,
    env: {
      PATH: process.env["PATH"],
      HOME: home,
      NIX_CONF_DIR: "/nonexistent",
      NIX_CONFIG: "build-users-group =\nfsync-metadata = false",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return new Promise((resolve, reject) => {
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("latin1").on("data", (text) => {
      stdout += text;
    });
    child.stderr.setEncoding("latin1").on("data", (text) => {
      stderr += text;
    });
    child.once("error", reject);
    child.once("close", (status) => resolve({ stdout, stderr: withoutInternalText(stderr), status }));
  });
}

/** Our text of the function `derivation` is our own: frames name the same lines and columns in it, but show other words. */
function withoutInternalText(stderr: string): string {
  const internalFrame = /(nix-internal\xc2\xbb\/derivation-internal\.nix:\d+:\d+:\n)(?: +\d*\|.*\n)+/g;
  return stderr.replace(internalFrame, "$1").replace(/^GC Warning: .*\n/gm, "");
}

function parsed({ stdout, status }: Outcome): readonly Described[] | undefined {
  return status === 0 ? (JSON.parse(stdout) as Described[]) : undefined;
}

function isSameTree(one: string, other: string): boolean {
  const [a, b] = [fs.lstatSync(one), fs.lstatSync(other)];
  if (a.isDirectory()) {
    if (!b.isDirectory()) return false;
    const names = fs.readdirSync(one, { encoding: "buffer" });
    const others = fs.readdirSync(other, { encoding: "buffer" });
    const latin1 = (list: Buffer[]): string[] => list.map((name) => name.toString("latin1")).sort();
    if (latin1(names).join("/") !== latin1(others).join("/")) return false;
    return names.every((name) => {
      const text = name.toString();
      return isSameTree(path.join(one, text), path.join(other, text));
    });
  }
  if (a.isSymbolicLink()) return b.isSymbolicLink() && fs.readlinkSync(one) === fs.readlinkSync(other);
  return b.isFile() && (a.mode & 0o777) === (b.mode & 0o777) && fs.readFileSync(one).equals(fs.readFileSync(other));
}

function texts(...places: readonly [string, string]): [string, string] {
  const read = (place: string): string =>
    fs.lstatSync(place).isFile() ? fs.readFileSync(place, "latin1") : "a folder or symbolic link";
  return [read(places[0]), read(places[1])];
}

/** Lines around the first place where two texts differ. */
function firstDifference(reference: string, ocinix: string): string {
  const [expected, actual] = [reference.split("\n"), ocinix.split("\n")];
  const at = expected.findIndex((line, index) => line !== actual[index]);
  const from = Math.max(0, (at < 0 ? expected.length : at) - 2);
  const excerpt = (lines: readonly string[]): string =>
    lines
      .slice(from, from + 12)
      .map((line) => `    ${line.slice(0, 2000)}`)
      .join("\n");
  return `  reference, from line ${from + 1}:\n${excerpt(expected)}\n  ocinix:\n${excerpt(actual)}`;
}

/** Store objects are read-only, folders too. */
function makeWritable(folder: string): void {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const place = path.join(folder, entry.name);
    fs.chmodSync(place, 0o700);
    makeWritable(place);
  }
}
