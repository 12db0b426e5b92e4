// Writes what C++ Nix 2.36 says: `node test/builtins/derivation-options/regenerate.ts FOLDER-OF-NIX-INSTANTIATE-2.36`.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { attributes, derivationWith } from "./attributes.ts";

const [programs] = process.argv.slice(2);
if (programs === undefined) {
  process.stderr.write("usage: regenerate.ts <folder of nix-instantiate 2.36>\n");
  process.exit(2);
}
const program = path.resolve(programs, "nix-instantiate");
const expected = Object.fromEntries(attributes.map((text) => [text, evaluate(derivationWith(text))]));
fs.writeFileSync(path.join(import.meta.dirname, "expected.json"), `${JSON.stringify(expected, undefined, 2)}\n`);

/** The value, or the report of the error. */
function evaluate(expression: string): string {
  const child = spawnSync(program, ["--store", "dummy://", "--eval", "--raw", "--show-trace", "-E", expression], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"], NIX_CONF_DIR: "/nonexistent", NIX_USER_CONF_FILES: "" },
  });
  if (child.error) throw child.error;
  return child.status === 0 ? child.stdout : child.stderr;
}
