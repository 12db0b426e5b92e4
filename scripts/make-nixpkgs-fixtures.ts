// Makes the fixtures of test/nixpkgs with C++ Nix: `node scripts/make-nixpkgs-fixtures.ts <nix-instantiate> <lib>`, where
// <lib> is the folder `lib` of nixpkgs, or of a clone of github.com/nix-community/nixpkgs.lib. What the cases of lib-cases.nix
// give with that is what the embedded lib has to give; the package set has no counterpart, so there the same files are
// evaluated by another evaluator.
import fs from "node:fs";
import path from "node:path";
import {
  containerFaults,
  faultFixture,
  type Instantiate,
  libFixture,
  libResults,
  packageFixture,
  packageResults,
} from "../test/nixpkgs/evaluations.ts";

const [program, lib] = process.argv.slice(2);
if (program === undefined || lib === undefined) {
  process.stderr.write("usage: make-nixpkgs-fixtures.ts <nix-instantiate> <folder lib of nixpkgs>\n");
  process.exit(2);
}
const instantiate: Instantiate = {
  command: [path.resolve(program)],
  env: { PATH: process.env["PATH"], NIX_REMOTE: "dummy://" },
};

function write(file: string, value: unknown): void {
  fs.writeFileSync(file, `${JSON.stringify(value, null, 1)}\n`);
}

write(libFixture, libResults(instantiate, path.resolve(lib)));
write(packageFixture, packageResults(instantiate));
write(faultFixture, containerFaults(instantiate));
