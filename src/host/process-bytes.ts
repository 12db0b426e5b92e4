// What the kernel gave this process, as bytes: Node turns what is not UTF-8 into U+FFFD, and Linux still knows better.
import fs from "node:fs";

const replacement = "\ufffd";

/** The last words of the command line, as Node has them, as byte strings. */
export function argumentBytes(words: readonly string[]): string[] {
  if (words.some((word) => word.includes(replacement))) {
    const given = entriesOf("/proc/self/cmdline").slice(-words.length);
    if (words.every((word, index) => word === textOf(given[index] ?? ""))) return given;
  }
  return words.map(bytesOf);
}

/** The working folder as a byte string. Throws what Node throws where it is gone. */
export function workingDirBytes(): string {
  const folder = process.cwd();
  if (!folder.includes(replacement)) return bytesOf(folder);
  try {
    return fs.readlinkSync("/proc/self/cwd", "latin1");
  } catch {
    return bytesOf(folder);
  }
}

/** The value of an environment variable; name and value are byte strings. */
export function environmentBytes(name: string): string | undefined {
  const text = textOf(name);
  // `process.env` also answers to what every object has, and then not with a text.
  const value: unknown = process.env[text];
  if (!text.includes(replacement)) {
    if (typeof value !== "string") return undefined;
    if (!value.includes(replacement)) return bytesOf(value);
  }
  const start = `${name}=`;
  const entry = entriesOf("/proc/self/environ").find((candidate) => candidate.startsWith(start));
  if (entry !== undefined) return entry.slice(start.length);
  return typeof value === "string" ? bytesOf(value) : undefined;
}

/** What ends with NUL bytes in a file of the kernel; nothing where there is no such file. */
function entriesOf(file: string): string[] {
  try {
    return fs.readFileSync(file, "latin1").split("\0").slice(0, -1);
  } catch {
    return [];
  }
}

function bytesOf(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

function textOf(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString("utf8");
}
