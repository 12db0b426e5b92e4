// A call of fetchGit all of whose result can be printed.
import { execFileSync } from "node:child_process";

/** The first commit of the repository `plain` in the folder. */
export function firstCommit(folder: string): string {
  return execFileSync("git", ["-C", `${folder}/plain`, "rev-parse", "light"], { encoding: "utf8" }).trim();
}

/** `argument` as in `fetches`; paths in it start from the folder. */
export function fetchExpression(argument: string, folder: string, rev: string): string {
  const given = argument.replaceAll("FOLDER", folder).replaceAll("REV", rev);
  return `let fetched = builtins.fetchGit (${given}); in removeAttrs fetched [ "outPath" ] // { path = fetched.outPath; }`;
}
