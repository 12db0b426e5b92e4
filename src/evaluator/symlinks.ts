// Symbolic links on the way to a file. Unlike realpath(3) this never fails for what does not exist: the rest of the path
// stays as it is, so that the error names the place that a dangling link leads to.
import type { ReadableFiles } from "../host/host.ts";
import { NixError } from "../source/nix-error.ts";

const maxLinks = 1024;

/**
 * The path with its symlinks resolved; with `ancestors`, not the last part's. `path` is absolute and canonical. Throws
 * NixError for a cycle, and what the files throw.
 */
export function resolveSymlinks(files: ReadableFiles, path: string, which: "all" | "ancestors" = "all"): string {
  let resolved = "";
  let links = 0;
  // What is still to be walked, the next step last.
  const steps = stepsOf(path);
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    if (step === "" || step === ".") continue;
    if (step === "..") {
      resolved = resolved.slice(0, Math.max(0, resolved.lastIndexOf("/")));
      continue;
    }
    const place: string = `${resolved}/${step}`;
    const isFollowed = which === "all" || steps.length > 0;
    if (!isFollowed || files.lstat(place)?.type !== "symlink") {
      resolved = place;
      continue;
    }
    if (++links > maxLinks) throw new NixError("file", `infinite symlink recursion in path '${path}'`);
    const target = files.readLink(place);
    if (target.startsWith("/")) resolved = "";
    steps.push(...stepsOf(target));
  }
  return resolved === "" ? "/" : resolved;
}

function stepsOf(path: string): string[] {
  return path
    .split("/")
    .filter((step) => step !== "")
    .reverse();
}
