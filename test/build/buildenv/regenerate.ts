// Makes results.json with C++ Nix: `node test/build/buildenv/regenerate.ts <folder of nix-build …>`. Every case becomes a
// derivation with Nix's built-in builder `builtin:buildenv`; the result lists the links by path.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { writeTree } from "../../store/written-tree.ts";
import { treeOf } from "../request-of.ts";
import { joinCases, resolved } from "./cases.ts";

const [programs] = process.argv.slice(2);
if (programs === undefined) {
  process.stderr.write("usage: regenerate.ts <folder with nix-build and nix-store>\n");
  process.exit(2);
}
const work = fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-buildenv-"));
const config = ["build-users-group =", "substituters =", "build-hook =", "sandbox = false", "sandbox-paths ="];

function nix(program: string, args: readonly string[]): string {
  const child = spawnSync(path.join(programs!, program), ["--store", `${work}/store`, ...args], {
    encoding: "utf8",
    env: { HOME: work, PATH: process.env["PATH"] ?? "", NIX_CONFIG: config.join("\n") },
  });
  if (child.status !== 0) throw new Error(`${program} ${args.join(" ")}: ${child.stderr}`);
  return child.stdout.trim();
}

const results: Record<string, Record<string, string>> = {};
for (const { name, packages } of joinCases) {
  const paths = new Map<string, string>();
  for (const [key, { tree }] of Object.entries(packages)) {
    // A link may only lead to a package that comes before.
    writeTree(`${work}/${key}`, treeOf(resolved(key, tree, (other) => paths.get(other)!)));
    paths.set(key, nix("nix-store", ["--add", `${work}/${key}`]));
    fs.rmSync(`${work}/${key}`, { recursive: true });
  }
  const derivations = Object.entries(packages).flatMap(([key, { priority }]) => [
    "true",
    String(priority),
    "1",
    `(builtins.storePath "${paths.get(key)}")`,
  ]);
  const quoted = derivations.map((word) => (word.startsWith("(") ? word : `"${word}"`)).join(" ");
  const expression = `derivation {
    name = "env"; system = "builtin"; builder = "builtin:buildenv"; manifest = "/manifest"; derivations = [ ${quoted} ];
  }`;
  const out = `${work}/store${nix("nix-build", ["--no-out-link", "-E", expression])}`;
  const links: Record<string, string> = {};
  for (const place of fs.readdirSync(out, { recursive: true, encoding: "utf8" }).sort()) {
    const file = path.join(out, place);
    if (place === "manifest.nix" || !fs.lstatSync(file).isSymbolicLink()) continue;
    let target = fs.readlinkSync(file);
    for (const [key, object] of paths) target = target.replace(object, `@${key}`);
    links[place] = target;
  }
  results[name] = links;
}
fs.writeFileSync(path.join(import.meta.dirname, "results.json"), `${JSON.stringify(results, undefined, 2)}\n`);
fs.chmodSync(work, 0o755);
spawnSync("chmod", ["-R", "u+w", work]);
fs.rmSync(work, { recursive: true });
