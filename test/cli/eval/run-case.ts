// Runs one case with `nix eval` or `ocinix eval`, in a fresh copy of input/, and tells all that can be observed.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Case } from "./cases.ts";

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What was written, by path; folders end in a slash. */
  readonly written: Readonly<Record<string, string>>;
}

export function nameOf({ expr, file, attr, flags = [], stdin }: Case): string {
  const source = expr ?? file ?? "";
  const input = stdin === undefined ? [] : [`<<< '${stdin}'`];
  return [...flags, source, ...(attr === undefined ? [] : [`-> ${attr}`]), ...input].join(" ");
}

/** `words` makes the command line of a case. */
export function runCase(program: string, words: (one: Case) => readonly string[], one: Case): Outcome {
  const home = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-eval-")));
  const dir = path.join(home, "work");
  const enter = (text: string): string => text.replaceAll("@dir@", dir);
  const leave = (text: string): string => text.replaceAll(dir, "@dir@");
  try {
    fs.cpSync(path.join(import.meta.dirname, "input"), dir, { recursive: true });
    const before = contents(dir);
    const child = spawnSync(program, words(one).map(enter), {
      cwd: dir,
      encoding: "utf8",
      input: one.stdin ?? "",
      env: {
        PATH: process.env["PATH"],
        HOME: home,
        NIX_REMOTE: `${home}/store`,
        OCINIX_STORE: `${home}/store`,
        NIX_CONFIG: "build-users-group =",
      },
    });
    if (child.error) throw child.error;
    const written = Object.entries(contents(dir)).filter(([name, text]) => before[name] !== text);
    return {
      status: child.status,
      stdout: leave(child.stdout),
      stderr: leave(child.stderr),
      written: Object.fromEntries(written),
    };
  } finally {
    spawnSync("chmod", ["-R", "u+w", home]);
    fs.rmSync(home, { recursive: true });
  }
}

function contents(dir: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of fs.readdirSync(dir, { recursive: true, encoding: "utf8" }).sort()) {
    const file = path.join(dir, name);
    if (fs.lstatSync(file).isDirectory()) found[`${name}/`] = "";
    else found[name] = fs.readFileSync(file, "latin1");
  }
  return found;
}
