// Writes expected.json with C++ Nix 2.34: `node test/cli/eval/regenerate.ts FOLDER-OF-NIX`.
import fs from "node:fs";
import path from "node:path";
import { type Case, cases } from "./cases.ts";
import { nameOf, runCase } from "./run-case.ts";

const [programs] = process.argv.slice(2);
if (programs === undefined) {
  process.stderr.write("usage: regenerate.ts <folder with nix>\n");
  process.exit(2);
}
const words = ({ expr, attr, flags = [] }: Case) => [
  ...["--extra-experimental-features", "nix-command", "eval", "--impure", ...flags, "--expr", expr],
  ...(attr === undefined ? [] : [attr]),
];
const program = path.resolve(programs, "nix");
const expected = Object.fromEntries(cases.map((one) => [nameOf(one), runCase(program, words, one)]));
fs.writeFileSync(path.join(import.meta.dirname, "expected.json"), `${JSON.stringify(expected, undefined, 2)}\n`);
