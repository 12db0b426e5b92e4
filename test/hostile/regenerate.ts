// Writes results/: what C++ Nix makes of the catalogue. Nothing in there is written by hand.
//
//   node test/hostile/regenerate.ts [TOPIC]...               with C++ Nix 2.34 of scripts/install-reference-nix.sh
//   NIX_2_36=DIR node test/hostile/regenerate.ts [TOPIC]...  with nix-instantiate 2.36 in DIR: what it does otherwise
//
// The one before the other. It takes some 50 ms for each case, and a minute for each that C++ Nix does not end.
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { bufferFromBytes } from "../../src/source/bytes.ts";
import { topics } from "./catalogue/catalogue.ts";
import type { HostileCase } from "./catalogue/hostile-case.ts";
import { folder, surroundings } from "./catalogue/surroundings.ts";
import { fold } from "./outcome.ts";
import { type Expectation, fileOf, isCrash, readResults } from "./results.ts";

const { NIX_2_36: newer } = process.env;
const programs = newer ?? path.resolve(import.meta.dirname, "../../.cache/reference-nix/bin");
const version = newer === undefined ? "2.34" : "2.36";

const store = `${folder}.store`;
const timeLimit = 60_000;
/** In bytes. Who writes more does not end. */
const longestOutput = 1e8;

function plant(): void {
  fs.rmSync(folder, { recursive: true, force: true });
  for (const [name, file] of Object.entries(surroundings)) {
    const place = path.join(folder, name);
    fs.mkdirSync(path.dirname(place), { recursive: true });
    if (typeof file === "string" || file instanceof Uint8Array) fs.writeFileSync(place, file);
    else if ("symlink" in file) fs.symlinkSync(file.symlink, place);
    else fs.writeFileSync(place, file.contents, { mode: file.executable ? 0o755 : 0o644 });
  }
}

/** How C++ Nix ends, folded; what stopped it where it does not end by itself. */
async function run({ text, flags = ["--eval", "--strict"] }: HostileCase): Promise<Expectation> {
  const file = `${folder}/case.nix`;
  fs.writeFileSync(file, bufferFromBytes(text));
  const child = spawn(
    "/bin/sh",
    [
      "-c",
      'ulimit -v 8000000; exec "$@"',
      "sh",
      path.join(programs, "nix-instantiate"),
      "--store",
      store,
      "--option",
      "build-users-group",
      "",
      ...flags,
      file,
    ],
    {
      cwd: folder,
      env: {
        PATH: process.env["PATH"],
        HOME: folder,
        NIX_CONF_DIR: "/nonexistent",
        NIX_USER_CONF_FILES: "",
        NIX_PATH: "",
        XDG_CACHE_HOME: `${folder}.cache`,
      },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: timeLimit,
      killSignal: "SIGKILL",
    },
  );
  const ended = new Promise<readonly [number | null, string | null]>((resolve) =>
    child.once("close", (status, signal) => resolve([status, signal])),
  );
  const stop = (): boolean => child.kill("SIGKILL");
  const [stdout, stderr, [status, signal]] = await Promise.all([
    readAll(child.stdout, stop),
    readAll(child.stderr, stop),
    ended,
  ]);
  const said = stderr.split("\n")[0] ?? "";
  if (status === null || status > 1) return { end: signal ?? `status ${status}`, said };
  if (stderr === `${said}\n` && said === fullStack) return { end: "full stack", said };
  return fold({ status, stdout, stderr }, text);
}

/** C++'s, that is. */
const fullStack = "error: stack overflow (possible infinite recursion)";

async function readAll(stream: NodeJS.ReadableStream, stop: () => void): Promise<string> {
  let bytes = "";
  for await (const chunk of stream) {
    if (bytes.length < longestOutput) bytes += (chunk as Buffer).toString("latin1");
    else stop();
  }
  return bytes;
}

plant();
const wanted = process.argv.slice(2);
for (const [topic, cases] of Object.entries(topics)) {
  if (wanted.length > 0 && !wanted.includes(topic)) continue;
  const lines: string[] = [];
  const seen = new Set<string>();
  const known = version === "2.36" ? readResults(topic, "2.34") : undefined;
  for (const hostile of cases()) {
    const { name } = hostile;
    if (seen.has(name)) continue;
    seen.add(name);
    const olds = known?.get(name);
    // What did not end is not asked for again.
    if (olds !== undefined && isCrash(olds)) continue;
    const result = JSON.stringify(await run(hostile));
    if (result !== JSON.stringify(olds)) lines.push(`${JSON.stringify(name)}: ${result}`);
  }
  const file = fileOf(topic, version);
  fs.rmSync(file, { force: true });
  fs.mkdirSync(path.dirname(file), { recursive: true });
  if (lines.length > 0) fs.writeFileSync(file, `{\n${lines.join(",\n")}\n}\n`);
  console.log(`${topic}: ${lines.length} cases`);
}
for (const place of [folder, `${folder}.cache`]) fs.rmSync(place, { recursive: true, force: true });
