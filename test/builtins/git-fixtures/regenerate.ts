// Writes what C++ Nix makes of the fetches: `node test/builtins/git-fixtures/regenerate.ts [<folder of nix-instantiate>]`.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { messageOf } from "../derivation-fixtures/report-message.ts";
import { fetchExpression, firstCommit } from "./fetch-expression.ts";
import { fetches, makeRepositories } from "./repositories.ts";

const programs = path.resolve(process.argv[2] ?? path.join(import.meta.dirname, "../../../.cache/reference-nix/bin"));
const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "ocinix-git-"));

try {
  makeRepositories(folder);
  const rev = firstCommit(folder);
  const results = fetches.map((argument) => [argument, evaluate(fetchExpression(argument, folder, rev))]);
  const text = JSON.stringify(Object.fromEntries(results), undefined, 1).replaceAll(folder, "FOLDER");
  fs.writeFileSync(path.join(import.meta.dirname, "results.json"), `${text}\n`);
} finally {
  spawnSync("chmod", ["-R", "u+w", folder]);
  fs.rmSync(folder, { recursive: true });
}

/** The value; of a failing evaluation, the message. */
function evaluate(expression: string): unknown {
  const cache = path.join(folder, ".cache");
  const args = ["--store", `${folder}/.store`, "--eval", "--strict", "--json", "--read-write-mode", "-E", expression];
  const child = spawnSync(path.join(programs, "nix-instantiate"), args, {
    cwd: folder,
    env: {
      PATH: process.env["PATH"],
      HOME: folder,
      XDG_CACHE_HOME: cache,
      NIX_CONF_DIR: "/nonexistent",
      NIX_CONFIG: "build-users-group =",
    },
  });
  // What is cached of one fetch changes what another one gives.
  fs.rmSync(cache, { recursive: true, force: true });
  if (child.status === 0) return JSON.parse(child.stdout.toString("utf8"));
  return messageOf(child.stderr.toString("latin1"));
}
