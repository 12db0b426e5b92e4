// Path literals to absolute paths. Nothing is looked up: `..` goes up by text.

const oddStep = /(?:^|\/)(?:\.{0,2}\/|\.{1,2}$)/;

/**
 * A path literal, or its part before the first `${`, against the folder of its file, which is absolute and canonical.
 * A slash at the end stays.
 */
export function resolvePath(literal: string, baseDir: string): string {
  // Nearly all are like `./x` or `../x`.
  let folder = baseDir;
  let rest = literal;
  for (;;) {
    if (rest.startsWith("./")) rest = rest.slice(2);
    else if (rest.startsWith("../")) {
      rest = rest.slice(3);
      folder = folder.slice(0, folder.lastIndexOf("/"));
    } else break;
  }
  if (rest !== "" && !oddStep.test(rest)) return folder === "/" ? `/${rest}` : `${folder}/${rest}`;
  return canonicalPath(literal, baseDir);
}

function canonicalPath(literal: string, baseDir: string): string {
  const full = literal.startsWith("/") ? literal : `${baseDir}/${literal}`;
  const names: string[] = [];
  for (const name of full.split("/")) {
    if (name === "..") names.pop();
    else if (name !== "" && name !== ".") names.push(name);
  }
  const path = `/${names.join("/")}`;
  return literal.length > 1 && literal.endsWith("/") ? `${path}/` : path;
}
