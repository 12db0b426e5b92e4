// Scripts of the host: their first line names an interpreter by its place on the host, and has to name the store's.
import { bufferFromBytes, bytesFromBuffer } from "../source/bytes.ts";

/** The program of the store that runs scripts for the interpreter of this name; undefined when none is known. */
export type InterpreterLookup = (name: string) => string | undefined;

export interface Shebang {
  /** `sh`, `perl`, `python3`: the file name of the interpreter, whatever `env` stands before it. */
  readonly interpreter: string;
  /** What follows it on the line. */
  readonly args: string;
}

const firstLine = /^#![ \t]*(\S+)[ \t]*([^\n]*?)[ \t\r]*(?:\n|$)/;
const longestLine = 1024;

/** The first line of a script; undefined for everything else. */
export function readShebang(bytes: Uint8Array): Shebang | undefined {
  if (bytes[0] !== 0x23 || bytes[1] !== 0x21) return undefined;
  const [, path, rest] = firstLine.exec(bytesFromBuffer(bytes.subarray(0, longestLine))) ?? [];
  if (path === undefined || rest === undefined) return undefined;
  if (baseNameOf(path) !== "env") return { interpreter: baseNameOf(path), args: rest };
  const words = rest.split(/[ \t]+/).filter((word) => word !== "-S" && !word.includes("=") && word !== "");
  const [name, ...args] = words;
  return name === undefined ? undefined : { interpreter: baseNameOf(name), args: args.join(" ") };
}

/**
 * The script with a program of the store on its first line, and its own folder at the end of PATH when `beside` is set
 * (shell scripts such as `egrep` call the programs that they were installed with).
 */
export function rewriteScript(bytes: Uint8Array, program: string, args: string, beside: boolean): Uint8Array {
  const text = bytesFromBuffer(bytes);
  const end = text.indexOf("\n");
  const rest = end < 0 ? "" : text.slice(end + 1);
  const line = `#!${program}${args === "" ? "" : ` ${args}`}\n`;
  return bufferFromBytes(line + (beside ? `PATH="\${PATH:+$PATH:}\${0%/*}"\n` : "") + rest);
}

/** Whether scripts for it are shell scripts. */
export function isShell(interpreter: string): boolean {
  return ["sh", "bash", "dash"].includes(interpreter);
}

function baseNameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
