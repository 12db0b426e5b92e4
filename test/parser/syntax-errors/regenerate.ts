// Writes expected.json with C++ Nix 2.34: `node test/parser/syntax-errors/regenerate.ts FOLDER-OF-NIX-INSTANTIATE`.
// For each case the place and the message of the error, or "valid" (also when only a variable is undefined).
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { cases } from "./cases.ts";

const [programs] = process.argv.slice(2);
if (programs === undefined) {
  process.stderr.write("usage: regenerate.ts <folder with nix-instantiate>\n");
  process.exit(2);
}
const program = path.resolve(programs, "nix-instantiate");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-"));
const env = { HOME: "/home/user", NIX_CONF_DIR: folder, NIX_USER_CONF_FILES: "", XDG_CACHE_HOME: folder };
const flags = ["--store", path.join(folder, "store"), "--option", "build-users-group", "", "--parse", "--expr"];
const expected = Object.fromEntries(cases.map((text) => [text, outcome(text)]));
fs.writeFileSync(path.join(import.meta.dirname, "expected.json"), `${JSON.stringify(expected, undefined, 1)}\n`);
fs.rmSync(folder, { recursive: true, force: true });

function outcome(text: string): string {
  const { status, stderr } = spawnSync(program, [...flags, text], { env, encoding: "utf8" });
  if (status === 0) return "valid";
  const [, message, place] = /^error: (.*)\n +at «string»:([0-9:]+):$/m.exec(stderr)!;
  return message!.startsWith("undefined variable") ? "valid" : `${place} ${message}`;
}
