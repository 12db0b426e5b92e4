// Makes the fixtures of test/builtins/derivation-fixtures with C++ Nix:
// `node scripts/make-derivation-fixtures.ts <folder of nix-store …> [<output folder>]`.
// corpus.nix, names.nix, expressions.ts and the folder source/ are written by hand; everything expected is output.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expressionGroups } from "../test/builtins/derivation-fixtures/expressions.ts";
import { messageOf } from "../test/builtins/derivation-fixtures/report-message.ts";

const fixtures = path.join(import.meta.dirname, "../test/builtins/derivation-fixtures");
const [programs, output = fixtures] = process.argv.slice(2);
if (programs === undefined) {
  process.stderr.write("usage: make-derivation-fixtures.ts <folder with nix-instantiate> [<output folder>]\n");
  process.exit(2);
}
const work = fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-fixtures-"));
const store = path.join(work, "store");

const readWrite = ["--read-write-mode"];

/** The value; of a failing evaluation, the message. */
function evaluate(expression: string, flags: readonly string[] = readWrite): unknown {
  const args = ["--store", store, "--eval", "--strict", "--json", ...flags, "-E", expression];
  const child = spawnSync(path.resolve(programs!, "nix-instantiate"), args, {
    cwd: fixtures,
    env: { HOME: work, NIX_CONF_DIR: "/nonexistent", NIX_CONFIG: "build-users-group =" },
    maxBuffer: 1 << 30,
  });
  if (child.error) throw child.error;
  if (child.status === 0) return JSON.parse(child.stdout.toString("utf8").replaceAll(fixtures, "<here>"));
  return messageOf(child.stderr.toString("latin1")).replaceAll(fixtures, "<here>");
}

/** Every derivation of the store, by file name; the text has a character for every byte. */
function derivations(): Record<string, string> {
  const folder = `${store}/nix/store`;
  const files = fs.readdirSync(folder).filter((file) => file.endsWith(".drv"));
  return Object.fromEntries(files.sort().map((file) => [file, fs.readFileSync(path.join(folder, file), "latin1")]));
}

function save(name: string, value: unknown): void {
  if (typeof value === "string") throw new Error(value);
  fs.writeFileSync(path.join(output, name), `${JSON.stringify(value, undefined, 1)}\n`);
}

try {
  save("values.json", evaluate("import ./show.nix (import ./corpus.nix)"));
  save("derivations.json", derivations());
  // One evaluation each, because most of them fail.
  const count = evaluate("builtins.length (import ./names.nix)") as number;
  const names = Array.from({ length: count }, (_, n) => evaluate(`builtins.elemAt (import ./names.nix) ${n}`));
  save("names.json", names);
  save(
    "expressions.json",
    expressionGroups.map(({ flags, expressions }) => expressions.map((expression) => evaluate(expression, flags))),
  );
} finally {
  spawnSync("chmod", ["-R", "u+w", work]);
  fs.rmSync(work, { recursive: true, force: true });
}
