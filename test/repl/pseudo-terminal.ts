// A program in a terminal of its own, made by script(1): keys go in, and what it shows comes out.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";

export const hasScript = spawnSync("script", ["-qec", "true", "/dev/null"]).status === 0;

export class PseudoTerminal {
  /** Resolves to the exit status. */
  readonly ended: Promise<number | null>;
  private readonly child: ChildProcess;
  private shown = "";
  /** Up to where `until` has looked. */
  private seen = 0;
  private waiting: (() => void) | undefined;

  /** `command` is for the shell. */
  constructor(command: string, options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> }) {
    const words = ["-qfec", `stty cols 100 rows 40; ${command}`, "/dev/null"];
    this.child = spawn("script", words, { ...options, stdio: "pipe" });
    this.child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      this.shown += text;
      this.waiting?.();
    });
    this.ended = new Promise((resolve) => {
      this.child.on("close", (status) => resolve(status));
    });
    this.ended.then(() => this.waiting?.());
  }

  /** Everything that was shown so far. */
  get all(): string {
    return this.shown;
  }

  /** Presses keys. */
  type(keys: string): void {
    this.child.stdin?.write(keys);
  }

  /** Waits for a text and gives all that was shown since the last one, with it. Throws when the program ends first. */
  async until(text: string): Promise<string> {
    for (;;) {
      const found = this.shown.indexOf(text, this.seen);
      if (found >= 0) {
        const end = found + text.length;
        const since = this.shown.slice(this.seen, end);
        this.seen = end;
        return since;
      }
      if (this.child.exitCode !== null)
        throw new Error(`ended without '${text}' after:\n${this.shown.slice(this.seen)}`);
      await new Promise<void>((resolve) => {
        this.waiting = resolve;
      });
    }
  }

  /** Presses keys until a text is shown: the first of them may come before anybody listens. */
  async insist(keys: string, text: string): Promise<string> {
    this.type(keys);
    const again = setInterval(() => this.type(keys), 5000);
    try {
      return await this.until(text);
    } finally {
      clearInterval(again);
    }
  }

  /** Ends the program however it is. */
  kill(): void {
    this.child.kill("SIGKILL");
  }
}

/** What a person sees: without colours, other escape sequences and carriage returns. */
export function plain(shown: string): string {
  return shown.replace(/\x1b\[[0-9;?]*[A-Za-z]|\r/g, "");
}
