// Path literals to absolute paths. Nothing is looked up: `..` goes up by text.

/** A path literal, or its part before the first `${`, against the folder of its file. A slash at the end stays. */
export function resolvePath(literal: string, baseDir: string): string {
  const full = literal.startsWith("/") ? literal : `${baseDir}/${literal}`;
  const names: string[] = [];
  for (const name of full.split("/")) {
    if (name === "..") names.pop();
    else if (name !== "" && name !== ".") names.push(name);
  }
  const path = `/${names.join("/")}`;
  return literal.length > 1 && literal.endsWith("/") ? `${path}/` : path;
}
