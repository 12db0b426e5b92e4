// What an evaluator makes of the cases in this folder. The script that writes the expected values runs them with C++ Nix,
// the test with ocinix, by the same command lines.
import { spawnSync } from "node:child_process";
import path from "node:path";

/** A program that takes the options of nix-instantiate, and its environment. */
export interface Instantiate {
  readonly command: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** By topic and name: JSON texts, or "throws". */
export type Results = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface Fault {
  readonly message: string;
  /** The last place in container-faults.nix that the report names. */
  readonly place: string | undefined;
}

/** `lib-cases.nix` with the lib in a folder. */
export function libResults(instantiate: Instantiate, lib: string): Results {
  return evaluate(instantiate, `import ./lib-results.nix { lib = import ${lib}; }`);
}

/** `package-cases.nix`. */
export function packageResults(instantiate: Instantiate): Results {
  return evaluate(instantiate, "import ./package-results.nix");
}

/** The faults of `container-faults.nix`. */
export function containerFaults(instantiate: Instantiate): Readonly<Record<string, Fault>> {
  const faults = `let pkgs = import ./package-set.nix { }; in import ./container-faults.nix { inherit (pkgs.ociTools) buildContainer; inherit (pkgs) bash; }`;
  const names = evaluate(instantiate, `builtins.attrNames (${faults})`) as unknown as string[];
  return Object.fromEntries(
    names.map((name) => {
      const { status, stderr } = run(instantiate, `(${faults}).${name}.drvPath`);
      if (status !== 1) throw new Error(`${name} was expected to fail with status 1: ${status} ${stderr}`);
      return [name, readFault(stderr)];
    }),
  );
}

function readFault(report: string): Fault {
  const message = report.split(/^(?: {7})?error: /m).at(-1)!;
  const end = message.search(/\n +at |\n +Did you mean |\n*$/);
  const places = [...report.matchAll(/container-faults\.nix:\d+:\d+/g)];
  return { message: message.slice(0, end), place: places.at(-1)?.[0] };
}

function evaluate(instantiate: Instantiate, expression: string): Results {
  const { status, stdout, stderr } = run(instantiate, expression);
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

function run(instantiate: Instantiate, expression: string) {
  const [program, ...first] = instantiate.command;
  // The store paths are those of one kind of machine, whatever this one is.
  const options = ["--option", "system", "x86_64-linux", "--eval", "--strict", "--json"];
  const child = spawnSync(program!, [...first, ...options, "-E", expression], {
    encoding: "utf8",
    env: instantiate.env,
    cwd: import.meta.dirname,
    maxBuffer: 1 << 28,
  });
  if (child.error) throw child.error;
  return child;
}

/** Where the expected values are, and the embedded lib. */
export const libFixture = path.join(import.meta.dirname, "lib-cases.json");
export const packageFixture = path.join(import.meta.dirname, "package-cases.json");
export const faultFixture = path.join(import.meta.dirname, "container-faults.json");
export const embeddedLib = path.resolve(import.meta.dirname, "../../nixpkgs/lib");
