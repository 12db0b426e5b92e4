// Writes results/: what C++ Nix makes of the catalogue. Nothing in there is written by hand.
//
//   node test/hostile/regenerate.ts [TOPIC]...
//
// C++ Nix is that of scripts/install-reference-nix.sh. It takes some 50 ms for each case, and a minute for each that it
// does not end.
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { bufferFromBytes } from "../../src/source/bytes.ts";
import { topics } from "./catalogue/catalogue.ts";
import type { HostileCase } from "./catalogue/hostile-case.ts";
import { folder, surroundings } from "./catalogue/surroundings.ts";
import { fold } from "./outcome.ts";
import { type Expectation, fileOf } from "./results.ts";

const programs = path.resolve(import.meta.dirname, "../../.cache/reference-nix/bin");

const store = `${folder}.store`;
const timeLimit = 60_000;

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
  const [stdout, stderr, [status, signal]] = await Promise.all([readAll(child.stdout), readAll(child.stderr), ended]);
  if (status === null || status > 1) return { end: signal ?? `status ${status}`, said: stderr.split("\n")[0] ?? "" };
  return fold({ status, stdout, stderr }, text);
}

async function readAll(stream: NodeJS.ReadableStream): Promise<string> {
  let bytes = "";
  for await (const chunk of stream) bytes += (chunk as Buffer).toString("latin1");
  return bytes;
}

plant();
const wanted = process.argv.slice(2);
for (const [topic, cases] of Object.entries(topics)) {
  if (wanted.length > 0 && !wanted.includes(topic)) continue;
  const lines: string[] = [];
  const seen = new Set<string>();
  for (const hostile of cases()) {
    if (seen.has(hostile.name)) continue;
    seen.add(hostile.name);
    lines.push(`${JSON.stringify(hostile.name)}: ${JSON.stringify(await run(hostile))}`);
  }
  fs.writeFileSync(fileOf(topic), `{\n${lines.join(",\n")}\n}\n`);
  console.log(`${topic}: ${lines.length} cases`);
}
for (const place of [folder, `${folder}.cache`]) fs.rmSync(place, { recursive: true, force: true });
