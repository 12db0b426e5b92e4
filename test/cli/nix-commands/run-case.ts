// Runs one case with nix or ocinix, in a fresh copy of input/, and tells all that can be observed. Outputs are bytes,
// one character each.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { objectsIn } from "../store-objects.ts";

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The objects in the store afterwards. */
  readonly store: readonly string[];
}

export function runCase(program: string, words: readonly string[], objects: "all" | "none"): Outcome {
  const home = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-command-")));
  const dir = path.join(home, "work");
  try {
    fs.cpSync(path.join(import.meta.dirname, "input"), dir, { recursive: true, verbatimSymlinks: true });
    const child = spawnSync(program, words, {
      cwd: dir,
      input: "",
      env: {
        PATH: process.env["PATH"],
        HOME: home,
        NIX_REMOTE: `${home}/store`,
        OCINIX_STORE: `${home}/store`,
        NIX_CONFIG: "build-users-group =",
      },
    });
    if (child.error) throw child.error;
    const leave = (bytes: Buffer): string => bytes.toString("latin1").replaceAll(dir, "@dir@");
    return {
      status: child.status,
      stdout: leave(child.stdout),
      stderr: leave(child.stderr),
      store: objects === "all" ? objectsIn(`${home}/store/nix/store`) : [],
    };
  } finally {
    spawnSync("chmod", ["-R", "u+w", home]);
    fs.rmSync(home, { recursive: true });
  }
}
