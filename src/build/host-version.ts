// Which version of a program the host has, from the database of its package manager: dpkg's or apk's.
import type { ReadableFiles } from "../host/host.ts";
import { bytesFromBuffer } from "../source/bytes.ts";

const databases: readonly { readonly path: string; readonly name: string; readonly version: string }[] = [
  { path: "/var/lib/dpkg/status", name: "Package: ", version: "Version: " },
  { path: "/lib/apk/db/installed", name: "P:", version: "V:" },
];

/** The upstream version of an installed package, fit for a store path's name; undefined when it is not known. */
export function installedVersion(files: ReadableFiles, packageName: string): string | undefined {
  for (const { path, name, version } of databases) {
    const text = readOrNothing(files, path);
    if (text === undefined) continue;
    const heading = `${name}${packageName}\n`;
    let start = text.startsWith(heading) ? 0 : text.indexOf(`\n${heading}`);
    if (start < 0) continue;
    start += heading.length;
    const end = text.indexOf("\n\n", start);
    const paragraph = text.slice(start, end < 0 ? undefined : end);
    const line = paragraph.split("\n").find((candidate) => candidate.startsWith(version));
    return line === undefined ? undefined : upstreamVersion(line.slice(version.length));
  }
  return undefined;
}

/** Without Debian's epoch, revision and suffixes (`1:2.39.5-0+deb12u2` is 2.39.5). */
export function upstreamVersion(version: string): string | undefined {
  const upstream = version
    .replace(/^\d+:/, "")
    .replace(/-[^-]*$/, "")
    .replace(/(\+(dfsg|ds|really|repack|git|nmu|deb|\d+$)|~).*$/, "");
  return /^[0-9][0-9a-zA-Z.+_-]*$/.test(upstream) ? upstream : undefined;
}

function readOrNothing(files: ReadableFiles, path: string): string | undefined {
  try {
    return bytesFromBuffer(files.readFile(path));
  } catch {
    return undefined;
  }
}
