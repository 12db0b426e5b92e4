// Writes expected.json with C++ Nix 2.34: `node test/parser/functions/regenerate.ts FOLDER-OF-NIX`. What its `:doc` says
// of each function: name, place, and the words of the doc comment.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { nameOf, queries } from "./queries.ts";

const [programs] = process.argv.slice(2);
if (programs === undefined) {
  process.stderr.write("usage: regenerate.ts <folder with nix>\n");
  process.exit(2);
}
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-"));
const env = { HOME: folder, NIX_CONF_DIR: folder, NIX_USER_CONF_FILES: "", XDG_CACHE_HOME: folder, TERM: "dumb" };
const file = path.join(import.meta.dirname, "functions.nix");
const expected = Object.fromEntries(queries.map((query) => [nameOf(query), describe(`(${nameOf(query)})`)]));
fs.writeFileSync(path.join(import.meta.dirname, "expected.json"), `${JSON.stringify(expected, undefined, 2)}\n`);
fs.rmSync(folder, { recursive: true, force: true });

function describe(expr: string): string {
  const flags = ["--extra-experimental-features", "nix-command", "--option", "build-users-group", ""];
  const { stdout } = spawnSync(
    path.resolve(programs!, "nix"),
    ["repl", ...flags, "--store", path.join(folder, "store"), "--file", file],
    { env, encoding: "utf8", input: `:doc ${expr}\n` },
  );
  const [, name, place, doc] =
    /\nFunction ?(.*)\n… defined at\s+\S+:([0-9]+:[0-9]+)\n([\s\S]*?)(?:nix-repl>[\s\S]*)?$/.exec(stdout)!;
  return [name, place, ...doc!.split(/\s+/)].filter((word) => word !== "").join(" ");
}
