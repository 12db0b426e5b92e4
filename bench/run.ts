// The benchmark: every program of bench/programs evaluated by ocinix and by C++ Nix in turn, pair by pair, in one run.
//
//   npm run bench -- [--runs N] [--nixpkgs DIR] [--out DIR] [--profile] [PROGRAM]...
//
// Prints a table and writes results.json and results.svg to DIR (default bench/results). A ratio is ocinix / C++ Nix, so
// that below 1 ocinix is better: the median of those of the pairs. `start` is a whole process that evaluates `1 + 1`; what
// it costs is taken off the wall and CPU times of the others. With --nixpkgs, real package sets are evaluated as well.
// --profile writes a CPU profile of each program (for the performance panel of Chromium's developer tools) and measures nothing.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { drawChart } from "./chart.ts";
import { type Cost, geometricMean, measure, median, type Run } from "./measure.ts";

const root = path.resolve(import.meta.dirname, "..");
const folder = path.join(import.meta.dirname, "programs");
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: "string", default: "5" },
    nixpkgs: { type: "string" },
    out: { type: "string", default: path.join(import.meta.dirname, "results") },
    profile: { type: "boolean", default: false },
  },
});
const reference = process.env["OCINIX_REFERENCE_NIX"] ?? path.join(root, ".cache/reference-nix/bin");

interface Program {
  readonly name: string;
  /** After `nix-instantiate` or `ocinix instantiate`. */
  readonly args: readonly string[];
  /** Whether ocinix may know the result from the first run. */
  readonly isRemembered?: boolean;
}

interface Result {
  readonly name: string;
  readonly runs: number;
  readonly ocinix: Cost;
  readonly reference: Cost;
  readonly ratio: Cost;
  readonly isRemembered: boolean;
}

const start: Program = { name: "start", args: ["--eval", "-E", "1 + 1"] };

function programs(): readonly Program[] {
  const own = fs
    .readdirSync(folder)
    .filter((file) => file.endsWith(".nix"))
    .map((file) => ({ name: path.basename(file, ".nix"), args: ["--eval", "--strict", path.join(folder, file)] }));
  const all = values.nixpkgs === undefined ? own : [...own, ...packageSets(path.resolve(values.nixpkgs))];
  const unknown = positionals.find((name) => !all.some((program) => program.name === name));
  if (unknown !== undefined) throw new Error(`there is no program '${unknown}'`);
  return positionals.length === 0 ? all : all.filter(({ name }) => positionals.includes(name));
}

function packageSets(nixpkgs: string): readonly Program[] {
  const configuration = `{ boot.loader.grub.device = "/dev/sda"; fileSystems."/".device = "/dev/sda1"; }`;
  const system = `(import ${nixpkgs}/nixos { configuration = ${configuration}; }).system.drvPath`;
  return [
    { name: "nixpkgs-hello", args: ["--eval", "-E", `(import ${nixpkgs} { }).hello.drvPath`] },
    {
      name: "nixpkgs-hello-remembered",
      args: ["--eval", "-E", `(import ${nixpkgs} { }).hello.drvPath`],
      isRemembered: true,
    },
    { name: "nixpkgs-firefox", args: ["--eval", "-E", `(import ${nixpkgs} { }).firefox.drvPath`] },
    { name: "nixos-system", args: ["--eval", "-E", system] },
  ];
}

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-bench-"));
const env = {
  PATH: process.env["PATH"],
  HOME: scratch,
  NIX_REMOTE: "dummy://",
  NIX_CONF_DIR: scratch,
  OCINIX_STORE: path.join(scratch, "store"),
};
const ocinix = [path.join(root, "bin/ocinix"), "instantiate"];
const nix = [path.join(reference, "nix-instantiate")];

function compare({ name, args, isRemembered = false }: Program): Result {
  const options = ["--option", "eval-cache", String(isRemembered)];
  const runOcinix = (): Run => measure([...ocinix, ...options, ...args], env, root);
  const runReference = (): Run => measure([...nix, ...args], env, root);
  // The first runs fill the caches of both, and of the kernel.
  const [first, expected] = [runOcinix(), runReference()];
  if (first.stdout !== expected.stdout) throw new Error(`${name} gives different results`);
  const pairs = Array.from({ length: Number(values.runs) }, () => [runOcinix(), runReference()] as const);
  const medianOf = (pick: (pair: readonly [Cost, Cost]) => number): number => median(pairs.map(pick));
  const each = (side: 0 | 1): Cost => ({
    wall: medianOf((pair) => pair[side].wall),
    cpu: medianOf((pair) => pair[side].cpu),
    memory: medianOf((pair) => pair[side].memory),
  });
  const base = started;
  const apart = (cost: Cost, side: "ocinix" | "reference", unit: "wall" | "cpu"): number =>
    Math.max(cost[unit] - (base === undefined ? 0 : base[side][unit]), 0.001);
  return {
    name,
    isRemembered,
    runs: pairs.length,
    ocinix: each(0),
    reference: each(1),
    ratio: {
      wall: medianOf(([a, b]) => apart(a, "ocinix", "wall") / apart(b, "reference", "wall")),
      cpu: medianOf(([a, b]) => apart(a, "ocinix", "cpu") / apart(b, "reference", "cpu")),
      memory: medianOf(([a, b]) => a.memory / b.memory),
    },
  };
}

let started: Result | undefined;

function main(): void {
  const wanted = programs();
  if (values.profile) {
    for (const program of wanted) profile(program);
    return;
  }
  printLine(["program", "ocinix s", "nix s", "wall", "cpu", "memory"]);
  started = compare(start);
  print(started);
  const results = wanted.map((program) => {
    const result = compare(program);
    print(result);
    return result;
  });
  if (results.length === 0) return;
  const evaluated = results.filter(({ isRemembered }) => !isRemembered);
  const mean = (pick: (result: Result) => number): string => geometricMean(evaluated.map(pick)).toFixed(2);
  printLine([
    "geometric mean",
    "",
    "",
    mean(({ ratio }) => ratio.wall),
    mean(({ ratio }) => ratio.cpu),
    mean(({ ratio }) => ratio.memory),
  ]);
  fs.mkdirSync(values.out, { recursive: true });
  const machine = { node: process.version, cpu: os.cpus()[0]?.model, cores: os.cpus().length, memory: os.totalmem() };
  fs.writeFileSync(
    path.join(values.out, "results.json"),
    `${JSON.stringify({ machine, start: started, results }, null, 2)}\n`,
  );
  fs.writeFileSync(path.join(values.out, "results.svg"), drawChart(results));
}

function print({ name, ocinix: own, reference: other, ratio }: Result): void {
  printLine([
    name,
    own.wall.toFixed(2),
    other.wall.toFixed(2),
    ratio.wall.toFixed(2),
    ratio.cpu.toFixed(2),
    ratio.memory.toFixed(2),
  ]);
}

function printLine([name = "", ...columns]: readonly string[]): void {
  process.stdout.write(`${name.padEnd(24)}${columns.map((column) => column.padStart(10)).join("")}\n`);
}

function profile({ name, args }: Program): void {
  fs.mkdirSync(values.out, { recursive: true });
  const nodeOptions = `--cpu-prof --cpu-prof-dir=${values.out} --cpu-prof-name=${name}.cpuprofile`;
  const options = { env: { ...env, NODE_OPTIONS: nodeOptions }, cwd: root, encoding: "utf8" } as const;
  const child = spawnSync(ocinix[0]!, [...ocinix.slice(1), ...args], options);
  if (child.status !== 0) throw new Error(`${name} failed:\n${child.stderr}`);
  process.stdout.write(`${path.join(values.out, `${name}.cpuprofile`)}\n`);
}

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}
