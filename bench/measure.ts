// Running a program to its end and asking the kernel what it cost, by way of GNU time.
import { spawnSync } from "node:child_process";

export interface Cost {
  /** In seconds, from start to end. */
  readonly wall: number;
  /** In seconds, of all threads, in the program and in the kernel. */
  readonly cpu: number;
  /** The largest resident set, in MiB. */
  readonly memory: number;
}

export interface Run extends Cost {
  readonly stdout: string;
}

const time = "/usr/bin/time";

/** Runs a command. Throws when it fails or cannot be measured. */
export function measure(command: readonly string[], env: NodeJS.ProcessEnv, cwd: string): Run {
  const options = { env, cwd, encoding: "utf8", maxBuffer: 1 << 28 } as const;
  const begun = performance.now();
  const child = spawnSync(time, ["-f", "\n%U %S %M", ...command], options);
  // GNU time knows hundredths of a second only.
  const wall = (performance.now() - begun) / 1000;
  if (child.error) throw new Error(`${time} cannot be run (apt-get install time): ${child.error.message}`);
  if (child.status !== 0) throw new Error(`${command.join(" ")} failed:\n${child.stderr}`);
  const [user, system, kilobytes] = child.stderr.trimEnd().split("\n").at(-1)!.split(" ").map(Number);
  return { wall, cpu: user! + system!, memory: kilobytes! / 1024, stdout: child.stdout };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}
