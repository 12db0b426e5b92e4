// Runs one case with `nix eval` or `ocinix eval`, in this folder.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Case } from "./cases.ts";

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function nameOf({ expr, attr, flags = [] }: Case): string {
  return [expr, ...(attr === undefined ? [] : [`-> ${attr}`]), ...flags].join(" ");
}

/** `words` makes the command line of a case. */
export function runCase(program: string, words: (one: Case) => readonly string[], one: Case): Outcome {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-eval-"));
  try {
    const child = spawnSync(program, words(one), {
      cwd: import.meta.dirname,
      encoding: "utf8",
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
    const leave = (text: string): string => text.replaceAll(import.meta.dirname, "@dir@");
    return { status: child.status, stdout: leave(child.stdout), stderr: leave(child.stderr) };
  } finally {
    spawnSync("chmod", ["-R", "u+w", home]);
    fs.rmSync(home, { recursive: true });
  }
}
