// Sessions of `ocinix repl` that a pipe feeds, in a copy of files/.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

export const launcher = path.resolve(import.meta.dirname, "../../bin/ocinix");

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A working folder with the files, which `remove` takes away again. Its path is short: long ones would be broken off. */
export class SessionFolder {
  readonly dir = fs.mkdtempSync("/tmp/r");
  readonly work = `${this.dir}/work`;
  readonly env: Readonly<Record<string, string>> = {
    PATH: process.env["PATH"] ?? "",
    HOME: this.dir,
    TERM: "dumb",
    NIX_PATH: "",
  };

  constructor() {
    fs.cpSync(path.join(import.meta.dirname, "files"), this.work, { recursive: true });
  }

  /** Runs a session to the end of its input. */
  run(input: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Outcome {
    const child = spawnSync(launcher, ["repl", ...args], {
      cwd: this.work,
      encoding: "utf8",
      input,
      env: { ...this.env, ...env },
    });
    return { status: child.status, stdout: child.stdout, stderr: child.stderr };
  }

  /** The same with both outputs in one, as they came. */
  transcript(input: string, args: readonly string[] = []): string {
    const child = spawnSync("sh", ["-c", 'exec "$0" repl "$@" 2>&1', launcher, ...args], {
      cwd: this.work,
      encoding: "utf8",
      input,
      env: { ...this.env, _NIX_TEST_REPL_ECHO: "1" },
    });
    return child.stdout;
  }

  remove(): void {
    spawnSync("chmod", ["-R", "u+w", this.dir]);
    fs.rmSync(this.dir, { recursive: true });
  }
}
