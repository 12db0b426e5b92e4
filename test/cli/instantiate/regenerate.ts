// Writes expected.json with C++ Nix 2.34: `node test/cli/instantiate/regenerate.ts FOLDER-OF-NIX-INSTANTIATE`.
import fs from "node:fs";
import path from "node:path";
import { cases } from "./cases.ts";
import { nameOf, runCase } from "./run-case.ts";

const [programs] = process.argv.slice(2);
if (programs === undefined) {
  process.stderr.write("usage: regenerate.ts <folder with nix-instantiate>\n");
  process.exit(2);
}
const nixInstantiate = [path.resolve(programs, "nix-instantiate")];
const expected = Object.fromEntries(cases.map((one) => [nameOf(one), runCase(nixInstantiate, one)]));
fs.writeFileSync(path.join(import.meta.dirname, "expected.json"), `${JSON.stringify(expected, undefined, 2)}\n`);
