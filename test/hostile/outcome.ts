// How a hostile input ended, in a form that is small enough to keep for thousands of them: what the program itself
// says is left out of its error's code frames, and long texts are cut and hashed.
import { createHash } from "node:crypto";
import { bufferFromBytes } from "../../src/source/bytes.ts";
import { folder } from "./catalogue/surroundings.ts";

/** Outputs are byte strings. */
export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** An output alone where that is all there was, or status, output and errors. */
export type FoldedOutcome = string | readonly [status: number, stdout: string, stderr: string];

/** What is kept of an outcome. Equal outcomes fold to the same, others to something else. */
export function fold({ status, stdout, stderr }: Outcome, program: string): FoldedOutcome {
  const output = shorten(stdout.replaceAll(folder, "~"));
  return status === 0 && stderr === "" ? output : [status, output, shorten(foldReport(stderr, program))];
}

const frameOfInternalFile = /(?<= at \xc2\xabnix-internal\xc2\xbb.*\n)(?: +\d*\|.*\n)+/g;

function foldReport(report: string, program: string): string {
  let text = report
    // The lines of a file that both bring, with the same meaning but not in the same words.
    .replace(frameOfInternalFile, "")
    // A library of C++ Nix says that itself.
    .replace(/^GC Warning: .*\n/gm, "")
    .replace(/^Try 'ocinix instantiate /gm, "Try 'nix-instantiate ")
    .replaceAll(`${folder}/case.nix`, "@")
    .replaceAll(folder, "~");
  if (program !== "" && !program.includes("\n")) text = text.replaceAll(`   1| ${program}\n`, "1|\n");
  text = text.replace(/^ +\| ( *)\^$/gm, (_, spaces: string) => `^${spaces.length + 1}`);
  return text.replace(/^ {7}/gm, "\t");
}

const longest = 700;

function shorten(text: string): string {
  if (text.length <= longest) return text;
  const hash = createHash("sha256").update(bufferFromBytes(text)).digest("base64url").slice(0, 16);
  return `${text.slice(0, longest / 4)}…${text.slice(-longest / 4)} (${text.length} bytes, ${hash})`;
}
