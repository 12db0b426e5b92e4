// Programs with one mistake each, made of whole ones: broken off, or with a token left out, put in or exchanged.

import fs from "node:fs";
import path from "node:path";

// One a line, tokens between spaces. All names are builtins: C++ Nix complains about unknown ones.
const programs = fs
  .readFileSync(path.join(import.meta.dirname, "programs.txt"), "utf8")
  .trimEnd()
  .split("\n");

const strangers =
  "a 1 2.5 ./b c:d \" '' { } ( ) [ ] ${ : ; , = . ... @ ? ! - + ++ // == < || if let in or inherit rec $ %";

/** Every text once. */
export const cases: readonly string[] = Array.from(new Set(programs.flatMap(mistakesIn)));

function mistakesIn(program: string): string[] {
  const tokens = program.split(" ");
  const others = strangers.split(" ");
  const other = (index: number): string => others[index % others.length]!;
  return tokens.flatMap((token, index) => [
    join(tokens.slice(0, index)),
    join(tokens.toSpliced(index, 1)),
    join(tokens.toSpliced(index, 1, other(index * 7 + token.length))),
    join(tokens.toSpliced(index, 0, other(index * 5))),
    join(tokens.toSpliced(index, 0, other(index * 11 + 3))),
  ]);
}

function join(tokens: readonly string[]): string {
  // A path goes on where its part ends.
  return tokens.join(" ").replace("~/a/ ${", "~/a/${").replace("} /b", "}/b");
}
