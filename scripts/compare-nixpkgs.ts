// Compares ocinix with C++ Nix on a real package set: `npm run test:nixpkgs -- DIR [ATTRIBUTE]...`. See `usage`.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { setup as buildWhenStale } from "../test/build-when-stale.ts";
import { type Item, NixpkgsComparison, Tally } from "./nixpkgs-comparison.ts";

const usage = `usage: npm run test:nixpkgs -- DIR [OPTION]... [ATTRIBUTE]...

Evaluates attributes of the package set in DIR with C++ Nix and with ocinix, and compares drvPath and every outPath;
what fails has to fail with the same message. Without attributes, a list of well-known packages, NixOS tests and a NixOS
system, for which every file of their closures is compared too.

  --expr EXPR      an expression in place of an attribute; 'pkgs' is the package set, 'nixpkgs' its folder
  --every          all attributes of the package set
  --every-of EXPR  all attributes of a set, such as 'pkgs.pythonPackages' or '(import (nixpkgs + "/nixos/release.nix") {}).tests'
  --closures       compare every .drv and source of the closures, byte for byte
  --meta           compare the meta attributes of derivations too
  --messages       compare the messages of what fails under tryEval, one by one
  --write          evaluate with stores that are written to, for sets that import what they put there
  --args EXPR      what the package set is called with; default '{ }'
  --flag=ARGUMENT  an argument for both programs, such as --show-trace
  --sample N       only every N-th attribute of the sets
  --chunk N        attributes in one evaluation; default 200
  --ocinix FILE    another bin/ocinix

The reference is OCINIX_REFERENCE_NIX, a folder with nix-instantiate, or what scripts/install-reference-nix.sh installs.
Exit status: 0 when nothing differs, 1 when something does, 2 for a fault of the command line.
`;

const root = path.resolve(import.meta.dirname, "..");

const wellKnown = [
  "hello",
  "bash",
  "coreutils",
  "gcc",
  "python3",
  "perl",
  "firefox",
  "libreoffice",
  "linuxPackages.kernel",
  "texlive.combined.scheme-medium",
  "pkgsCross.raspberryPi.hello",
];

const nixos = (configuration: string): string =>
  `(import (nixpkgs + "/nixos") { configuration = { fileSystems."/" = { device = "/dev/sda1"; fsType = "ext4"; }; ` +
  `boot.loader.grub.device = "/dev/sda"; ${configuration} }; }).system`;

const wellKnownExpressions: readonly Item[] = [
  {
    label: "hello for ARM (crossSystem)",
    expression: '(import nixpkgs { crossSystem = { config = "aarch64-unknown-linux-gnu"; }; }).hello',
  },
  ...["login", "simple", "firewall"].map((name) => ({
    label: `NixOS test ${name}`,
    expression:
      `pkgs.nixosTests.${name} or (import (nixpkgs + "/nixos/tests/${name}.nix") ` +
      '{ inherit pkgs; system = "x86_64-linux"; })',
  })),
  { label: "a minimal NixOS", expression: nixos("") },
  {
    label: "a NixOS with services",
    expression: nixos(
      "services.openssh.enable = true; services.nginx.enable = true; services.postgresql.enable = true;",
    ),
  },
];

interface Request {
  readonly items: readonly Item[];
  readonly sets: readonly string[];
  readonly sample: number;
  readonly chunk: number;
  readonly closures: boolean;
  readonly messages: boolean;
}

async function main(): Promise<void> {
  const { values, positionals } = readArguments();
  const [dir, ...attributes] = positionals;
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  if (dir === undefined) fail(usage);
  const reference = process.env["OCINIX_REFERENCE_NIX"] ?? path.join(root, ".cache/reference-nix/bin");
  if (!fs.existsSync(path.join(reference, "nix-instantiate"))) {
    fail(`there is no nix-instantiate in '${reference}': run scripts/install-reference-nix.sh\n`);
  }
  if (values.ocinix === undefined) buildWhenStale();
  let differences = 0;
  const comparison = new NixpkgsComparison(
    {
      dir: fs.realpathSync(dir),
      args: values.args,
      meta: values.meta,
      reference,
      ocinix: values.ocinix ?? path.join(root, "bin/ocinix"),
      write: values.write,
      flags: values.flag,
      onDifference: (label, text) => {
        differences++;
        process.stdout.write(`DIFFERENT: ${label}\n${text}\n`);
      },
    },
    messageVersion(reference),
  );
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      comparison.close();
      process.exit(1);
    });
  }
  const items = [
    ...attributes.map((attribute) => ({ label: attribute, expression: `pkgs.${attribute}` })),
    ...values.expr.map((expression) => ({ label: expression, expression })),
  ];
  const sets = [...(values.every ? ["pkgs"] : []), ...values["every-of"]];
  const isDefault = items.length === 0 && sets.length === 0;
  try {
    await compare(comparison, {
      items: isDefault ? wellKnownItems() : items,
      sets,
      sample: Number(values.sample),
      chunk: Number(values.chunk),
      closures: values.closures || isDefault,
      messages: values.messages,
    });
  } finally {
    comparison.close();
  }
  process.stdout.write(differences === 0 ? "no differences\n" : `${differences} differences\n`);
  process.exitCode = differences === 0 ? 0 : 1;
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        expr: { type: "string", multiple: true, default: [] },
        every: { type: "boolean", default: false },
        "every-of": { type: "string", multiple: true, default: [] },
        closures: { type: "boolean", default: false },
        meta: { type: "boolean", default: false },
        messages: { type: "boolean", default: false },
        write: { type: "boolean", default: false },
        args: { type: "string", default: "{ }" },
        flag: { type: "string", multiple: true, default: [] },
        sample: { type: "string", default: "1" },
        chunk: { type: "string", default: "200" },
        ocinix: { type: "string" },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
}

function fail(text: string): never {
  process.stderr.write(text);
  process.exit(2);
}

function messageVersion(reference: string): string {
  const stdout = execFileSync(path.join(reference, "nix-instantiate"), ["--version"], { encoding: "utf8" });
  return /2\.(?:3[0-4])\b/.test(stdout) ? "2.34" : "2.36";
}

function wellKnownItems(): readonly Item[] {
  return [...wellKnown.map((name) => ({ label: name, expression: `pkgs.${name}` })), ...wellKnownExpressions];
}

async function compare(comparison: NixpkgsComparison, request: Request): Promise<void> {
  const { items, sets, sample, chunk, closures, messages } = request;
  const table = new Table();
  if (items.length > 0) {
    const groups = closures ? items.map((item) => [item]) : chunks(items, chunk);
    for (const group of groups) {
      const tally = new Tally();
      await comparison.compareValues(group, tally);
      if (closures) for (const item of group) await comparison.compareClosures(item, tally);
      table.add(group.length === 1 ? (group[0]?.label ?? "") : `${group[0]?.label} …`, tally);
    }
  }
  for (const set of sets) {
    const total = new Tally();
    const names = await comparison.attributeNames(set, total);
    const sampled = names.filter((_, index) => index % sample === 0);
    const members = sampled.map((name) => ({ label: `${set}.${name}`, expression: `(${set}).${quoted(name)}` }));
    const groups = chunks(members, chunk);
    for (const [index, group] of groups.entries()) {
      const seconds = { ...total.seconds };
      await comparison.compareValues(group, total);
      if (closures) for (const item of group) await comparison.compareClosures(item, total);
      if (messages) for (const item of group) await comparison.compareMessages(item, total);
      const times = (["reference", "ocinix"] as const).map((who) => (total.seconds[who] - seconds[who]).toFixed(1));
      process.stderr.write(`${set} ${index + 1}/${groups.length}: ${times.join(" s, ")} s\n`);
    }
    table.add(set, total);
  }
  table.end();
}

/** An attribute name as Nix code. */
function quoted(name: string): string {
  return `"${name.replace(/["\\$]/g, "\\$&")}"`;
}

function chunks<Member>(members: readonly Member[], size: number): Member[][] {
  const groups: Member[][] = [];
  for (let start = 0; start < members.length; start += size) groups.push(members.slice(start, start + size));
  return groups;
}

/** The summary, written line by line. */
class Table {
  private readonly total = new Tally();
  private rows = 0;

  add(label: string, tally: Tally): void {
    if (this.rows++ === 0) this.write("", ["items", "drvs", "files", "failing", "different", "reference", "ocinix"]);
    this.writeTally(label, tally);
    for (const count of ["items", "derivations", "files", "failing", "different"] as const) {
      this.total[count] += tally[count];
    }
    for (const program of ["reference", "ocinix"] as const) this.total.seconds[program] += tally.seconds[program];
  }

  end(): void {
    if (this.rows > 1) this.writeTally("total", this.total);
  }

  private writeTally(label: string, { items, derivations, files, failing, different, seconds }: Tally): void {
    const counts = [items, derivations, files, failing, different].map(String);
    this.write(label, [...counts, ...[seconds.reference, seconds.ocinix].map((time) => `${time.toFixed(1)} s`)]);
  }

  private write(label: string, columns: readonly string[]): void {
    const name = label.length > 40 ? `${label.slice(0, 39)}…` : label.padEnd(40);
    process.stdout.write(`${name}${columns.map((column) => column.padStart(10)).join("")}\n`);
  }
}

await main();
