// Paths as text: what C++ Nix does to them without looking at the disk.

const needsWork = /\/(?:\/|\.{1,2}(?:\/|$)|$)/;

/** An absolute path without `.`, `..`, empty parts and trailing slash; `..` at the root stays there. */
export function canonicalPath(path: string): string {
  // The usual case, without a regular expression.
  const isSuspect = path.includes("//") || path.includes("/.") || path.endsWith("/");
  if (path.startsWith("/") && !(isSuspect && needsWork.test(path))) return path;
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === "..") parts.pop();
    else parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** The last part of a canonical path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The folder of a canonical path. */
export function dirName(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash <= 0 ? "/" : path.slice(0, slash);
}
