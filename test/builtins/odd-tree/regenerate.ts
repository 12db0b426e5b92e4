// Writes what C++ Nix says of the tree: `node test/builtins/odd-tree/regenerate.ts [<folder of nix-instantiate>]`; with
// NIX_2_36, also what the newer one in that folder says. As root it is run as another user, whom files can be kept from.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { messageOf } from "../derivation-fixtures/report-message.ts";
import { expressions, locked, makeTree } from "./tree.ts";

const older = path.resolve(process.argv[2] ?? path.join(import.meta.dirname, "../../../.cache/reference-nix/bin"));
const newer = process.env["NIX_2_36"];
const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "ocinix-tree-"));
const file = path.join(import.meta.dirname, "results.json");
const server = await makeTree(folder);

try {
  fs.chmodSync(folder, 0o755);
  fs.chmodSync(path.join(folder, locked.file), 0);
  fs.chmodSync(path.join(folder, locked.folder), 0);
  const known = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : {};
  const results = {
    "2.34": evaluateAll(older),
    "2.36": newer === undefined ? known["2.36"] : evaluateAll(path.resolve(newer)),
  };
  fs.writeFileSync(file, `${JSON.stringify(results, undefined, 1).replaceAll(folder, "FOLDER")}\n`);
} finally {
  server.close();
  fs.chmodSync(path.join(folder, locked.folder), 0o700);
  fs.rmSync(folder, { recursive: true });
}

function evaluateAll(programs: string): Record<string, unknown> {
  return Object.fromEntries(expressions.map((expression) => [expression, evaluate(programs, expression)]));
}

/** The value; of a failing evaluation, the message. */
function evaluate(programs: string, expression: string): unknown {
  const program = path.join(programs, "nix-instantiate");
  const nobody = process.getuid?.() === 0 ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];
  const evaluation = [program, "--store", "dummy://", "--eval", "--strict", "--json", "-E", expression];
  const [command = "", ...args] = [...nobody, ...evaluation];
  const child = spawnSync(command, args, {
    cwd: folder,
    env: {
      PATH: process.env["PATH"],
      HOME: "/nonexistent",
      NIX_CONF_DIR: "/nonexistent",
      XDG_CACHE_HOME: "/nonexistent",
    },
  });
  if (child.status === 0) return JSON.parse(child.stdout.toString("utf8"));
  return messageOf(child.stderr.toString("latin1"));
}
