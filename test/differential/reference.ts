// Programs run by C++ Nix and by ocinix, side by side. The reference is one process per program (about 30 ms), ocinix a
// worker with a large stack and a fresh evaluation per program. Nothing here needs a test runner.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import fc from "fast-check";
import type { MemoryFile } from "../../src/host/memory-host.ts";
import { bufferFromBytes, textFromBytes } from "../../src/source/bytes.ts";
import type { WorkerAnswer, WorkerRequest, WorkerSurroundings } from "./run-ocinix.ts";

/** The folder of the reference's programs; undefined where there is none, and nothing to compare with. */
export const referencePrograms: string | undefined = [
  process.env["OCINIX_REFERENCE_NIX"] ?? path.resolve(import.meta.dirname, "../../.cache/reference-nix/bin"),
].find((folder) => fs.existsSync(path.join(folder, "nix-instantiate")));

/** Why tests are skipped where there is no reference. */
export const missingReference =
  "there is no C++ Nix to compare with: run scripts/install-reference-nix.sh, or set OCINIX_REFERENCE_NIX";

/** How many programs a property tries: OCINIX_DIFFERENTIAL_RUNS, by default few enough for every day. */
export const runs = Number(process.env["OCINIX_DIFFERENTIAL_RUNS"] ?? 150);

/** What is random is the same each time, unless OCINIX_DIFFERENTIAL_SEED says else (a number, or `random`). */
export const seed =
  process.env["OCINIX_DIFFERENTIAL_SEED"] === "random"
    ? Math.trunc(Math.random() * 2 ** 31)
    : Number(process.env["OCINIX_DIFFERENTIAL_SEED"] ?? 1);

/** A program and how it is evaluated. */
export interface Program {
  /** What stands in the file, a byte string. */
  readonly text: string;
  /** Arguments of nix-instantiate, such as `--eval`, `--strict`, `--show-trace`. */
  readonly flags: readonly string[];
  /** Whether it is `nix eval` that evaluates it, from its command line. */
  readonly isNixEval?: boolean;
}

/** How it ended. Outputs are byte strings. */
export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

export interface Outcomes {
  /** Undefined when it did not end by itself: a crash, too much memory or time. */
  readonly reference: Outcome | undefined;
  /** The same; this is always a fault. */
  readonly ocinix: Outcome | undefined;
}

/** Variables that programs can ask for. */
const environment = { OCINIX_DIFFERENTIAL: "a value" };

/** In milliseconds. Only what hangs takes that long, also on a machine that does other things. */
const longestRun = 60_000;
/** In bytes. */
const longestOutput = 1e8;

/** Runs one program at a time with both. */
export class Comparison {
  /** A folder of its own. */
  readonly folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "ocinix-differential-"));
  /** What C++ Nix writes: not where programs find it, who may ask for the folders around them. */
  private readonly state = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "ocinix-differential-state-"));
  /** Also the home; so deep that a program can leave it a few times and find nothing. */
  private readonly workingDir = path.join(this.folder, "some/where");
  private readonly file = path.join(this.workingDir, "program.nix");
  private readonly beside: Readonly<Record<string, MemoryFile>>;
  private readonly messageVersion = messageVersionOf(referencePrograms);
  private worker: Worker | undefined;

  /** `files` lie beside the program, by their names from there. */
  constructor(files: Readonly<Record<string, MemoryFile>> = {}) {
    this.beside = Object.fromEntries(
      Object.entries(files).map(([name, file]) => [path.join(this.workingDir, name), file] as const),
    );
    fs.mkdirSync(this.workingDir, { recursive: true });
    for (const [name, file] of Object.entries(this.beside)) plant(name, file);
  }

  async run(program: Program): Promise<Outcomes> {
    fs.writeFileSync(this.file, bufferFromBytes(program.text));
    const [reference, ocinix] = await Promise.all([this.runReference(program), this.runOcinix(program)]);
    return { reference, ocinix };
  }

  /** Ends the worker and removes the folder. */
  async close(): Promise<void> {
    await this.worker?.terminate();
    for (const folder of [this.folder, this.state]) fs.rmSync(folder, { recursive: true });
  }

  private async runReference({ text, flags, isNixEval = false }: Program): Promise<Outcome | undefined> {
    if (referencePrograms === undefined) throw new Error(missingReference);
    const features = ["--extra-experimental-features", "nix-command"];
    const command = isNixEval
      ? [path.join(referencePrograms, "nix"), ...features, "eval", "--impure"]
      : [path.join(referencePrograms, "nix-instantiate")];
    const source = isNixEval ? ["--expr", textFromBytes(text)] : [this.file];
    // What programs add to the store stays there, but is found by its hash only.
    const options = { "build-users-group": "", substituters: "" };
    const store = [
      path.join(this.state, "store"),
      ...Object.entries(options).flatMap(([name, value]) => ["--option", name, value]),
    ];
    const child = spawn(
      "/bin/sh",
      ["-c", 'ulimit -v 8000000; exec "$@"', "sh", ...command, "--store", ...store, ...flags, ...source],
      {
        cwd: this.workingDir,
        env: {
          PATH: process.env["PATH"],
          HOME: this.workingDir,
          NIX_CONF_DIR: "/nonexistent",
          NIX_USER_CONF_FILES: "",
          NIX_PATH: "",
          ...environment,
          XDG_CACHE_HOME: path.join(this.state, "cache"),
        },
        stdio: ["ignore", "pipe", "pipe"],
        timeout: longestRun,
        killSignal: "SIGKILL",
      },
    );
    const stop = (): boolean => child.kill("SIGKILL");
    const outputs = [readAll(child.stdout, stop), readAll(child.stderr, stop)] as const;
    const [stdout, stderr, status] = await Promise.all([...outputs, exit(child)]);
    // Some messages name the place of an object and not its path.
    const place = path.join(this.state, "store/nix/store");
    const named = (text: string): string => text.replaceAll(place, "/nix/store");
    return status === undefined ? undefined : { stdout: named(stdout), stderr: named(stderr), status };
  }

  private runOcinix({ text, flags, isNixEval = false }: Program): Promise<Outcome | undefined> {
    const source = isNixEval ? ["--no-prelude", "--expr", textFromBytes(text)] : [this.file];
    // Few functions of a small program are called often: in every other one they are JavaScript from the first call.
    const tier = ["--option", "calls-before-javascript", text.length % 2 === 0 ? "0" : "1500"];
    const request: WorkerRequest = {
      command: isNixEval ? "eval" : "instantiate",
      file: this.file,
      text,
      words: ["--store", "dummy://", "--message-version", this.messageVersion, ...tier, ...flags, ...source],
    };
    const worker = this.startedWorker();
    return new Promise((resolve, reject) => {
      const finish = (outcome: Outcome | undefined): void => {
        clearTimeout(timer);
        worker.off("message", answer).off("error", fail);
        resolve(outcome);
      };
      const answer = (outcome: WorkerAnswer): void => {
        // The one line that has the name of the program in it.
        const stderr = outcome.stderr.replace(/^Try 'ocinix instantiate /m, "Try 'nix-instantiate ");
        finish({ ...outcome, stderr });
      };
      const fail = (error: Error): void => {
        this.worker = undefined;
        reject(error);
        finish(undefined);
      };
      const timer = setTimeout(() => {
        this.worker = undefined;
        void worker.terminate();
        finish(undefined);
      }, longestRun);
      worker.on("message", answer).on("error", fail).postMessage(request);
    });
  }

  private startedWorker(): Worker {
    const surroundings: WorkerSurroundings = { files: this.beside, env: environment };
    this.worker ??= new Worker(path.join(import.meta.dirname, "run-ocinix.ts"), {
      workerData: surroundings,
      resourceLimits: { stackSizeMb: 256 },
    });
    return this.worker;
  }
}

/** The messages to compare with: those of the reference's own version. */
function messageVersionOf(folder: string | undefined): string {
  if (folder === undefined) throw new Error(missingReference);
  const child = spawnSync(path.join(folder, "nix-instantiate"), ["--version"], { encoding: "latin1" });
  return child.stdout.includes(" 2.34.") ? "2.34" : "2.36";
}

function plant(name: string, file: MemoryFile): void {
  fs.mkdirSync(path.dirname(name), { recursive: true });
  if (typeof file === "string" || file instanceof Uint8Array) fs.writeFileSync(name, file);
  else if ("symlink" in file) fs.symlinkSync(file.symlink, name);
  else fs.writeFileSync(name, file.contents, { mode: file.executable ? 0o755 : 0o644 });
}

/** Reads to the end; who writes more than it may does not end, and is stopped. */
async function readAll(stream: NodeJS.ReadableStream, stop: () => void): Promise<string> {
  let bytes = "";
  for await (const chunk of stream) {
    if (bytes.length < longestOutput) bytes += (chunk as Buffer).toString("latin1");
    else stop();
  }
  return bytes;
}

function exit(child: ChildProcess): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => resolve(status ?? undefined));
  });
}

/**
 * C++ Nix 2.34, whose store is a folder here, fails where a program only looks for something below /nix/store whose name
 * no store path can have. It does not do so with the machine's own store, and 2.36 with none.
 */
const looksAtNoStorePath =
  /error: (?:'[^']*' is too short to be a valid store path|path '[^']*' is not a valid store path: |store path '[^']*' contains illegal base-32)/;

/** What differs, in words; undefined when nothing does. What the reference did not end by itself only has to end. */
export function differenceOf({ reference, ocinix }: Outcomes): string | undefined {
  if (ocinix === undefined) return "ocinix does not end";
  if (ocinix.status === 70) return `ocinix has a bug:\n${ocinix.stderr}`;
  if (reference === undefined) return undefined;
  if (looksAtNoStorePath.test(reference.stderr)) return undefined;
  const parts = (["status", "stdout", "stderr"] as const).filter((part) => reference[part] !== ocinix[part]);
  if (parts.length === 0) return undefined;
  return parts.map((part) => `${part} of the reference:\n${reference[part]}\nof ocinix:\n${ocinix[part]}`).join("\n");
}

/**
 * Tries random programs, and throws an error about the smallest on which the two differ, with the seed that replays
 * it. `count` is how many.
 */
export async function expectSameOutcomes(
  programs: fc.Arbitrary<Program>,
  {
    count = runs,
    difference = differenceOf,
    files,
  }: { count?: number; difference?: typeof differenceOf; files?: Readonly<Record<string, MemoryFile>> } = {},
): Promise<void> {
  const comparison = new Comparison(files);
  try {
    const property = fc.asyncProperty(programs, async (program) => {
      const found = difference(await comparison.run(program));
      if (found === undefined) return;
      const words = [...(program.isNixEval === true ? ["nix eval"] : []), ...program.flags];
      throw new Error(`${words.join(" ")}\n${program.text}\n${found.replaceAll(comparison.folder, "")}`);
    });
    await fc.assert(property, { numRuns: count, seed });
  } finally {
    await comparison.close();
  }
}
