// The command line is tested as it is shipped, so the tests need a current dist/.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");

/** Vitest calls this once, before the tests. */
export function setup(): void {
  const built = fs.statSync(path.join(root, "dist/cli/ocinix.cjs"), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = ["src", "scripts/build.ts", "package.json", "tsconfig.json", "tsconfig.build.json"];
  if (Math.max(...sources.map((source) => lastChange(path.join(root, source)))) < built) return;
  execFileSync(process.execPath, [path.join(root, "scripts/build.ts")], { stdio: "inherit" });
}

/** The latest modification time of a file, or of anything in a folder. */
function lastChange(file: string): number {
  const { mtimeMs } = fs.statSync(file);
  if (!fs.statSync(file).isDirectory()) return mtimeMs;
  const entries = fs.readdirSync(file, { recursive: true, encoding: "utf8" });
  return Math.max(mtimeMs, ...entries.map((entry) => fs.statSync(path.join(file, entry)).mtimeMs));
}
