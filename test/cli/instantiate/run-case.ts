// Runs one case with nix-instantiate or `ocinix instantiate`, in a fresh folder, and tells all that can be observed.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { objectsIn } from "../store-objects.ts";
import type { Case } from "./cases.ts";

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The objects in the store afterwards. */
  readonly store: readonly string[];
}

/** How the case is written on a command line. */
export function nameOf({ args, stdin, env = {} }: Case): string {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value} `);
  return `${variables.join("")}${args.join(" ")}${stdin === undefined ? "" : ` <<< '${stdin}'`}`;
}

export function runCase([program, ...before]: readonly string[], { args, stdin = "", env = {} }: Case): Outcome {
  const dir = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-instantiate-")));
  const enter = (text: string): string => text.replaceAll("@dir@", dir);
  const leave = (text: string): string => text.replaceAll(dir, "@dir@");
  try {
    fs.cpSync(path.join(import.meta.dirname, "input"), dir, { recursive: true });
    const child = spawnSync(program!, [...before, ...args.map(enter)], {
      cwd: dir,
      input: stdin,
      encoding: "utf8",
      env: {
        PATH: process.env["PATH"],
        HOME: `${dir}/home`,
        NIX_REMOTE: `${dir}/store`,
        OCINIX_STORE: `${dir}/store`,
        // What is set there is right for root as well.
        NIX_CONF_DIR: `${dir}/etc`,
        ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name, enter(value)])),
      },
    });
    if (child.error) throw child.error;
    return {
      status: child.status,
      stdout: leave(child.stdout),
      stderr: leave(child.stderr),
      store: objectsIn(`${dir}/store/nix/store`),
    };
  } finally {
    spawnSync("chmod", ["-R", "u+w", dir]);
    fs.rmSync(dir, { recursive: true });
  }
}
