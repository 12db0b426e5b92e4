// Writes outcomes.json with C++ Nix: `node test/builtins/text-corpus/regenerate.ts <folder of nix-instantiate>`. To add
// a case, add it to cases.json first; strings there hold bytes (`\u00ff`), not characters.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { messageOf, outcomes, regexResults } from "./expressions.ts";

const [programs] = process.argv.slice(2);
if (programs === undefined) {
  process.stderr.write("usage: regenerate.ts <folder with nix-instantiate>\n");
  process.exit(2);
}

function evaluate(expression: string, flags: readonly string[] = []): { output: string; report: string } {
  const { error, stdout, stderr } = spawnSync(
    path.join(programs!, "nix-instantiate"),
    ["--eval", "--strict", ...flags, "-"],
    {
      input: Buffer.from(expression, "latin1"),
      env: { NIX_REMOTE: "dummy://", NIX_CONF_DIR: "/nonexistent", HOME: "/nonexistent" },
      maxBuffer: 1 << 28,
      timeout: 60_000,
    },
  );
  if (error) throw error;
  return { output: stdout.toString("latin1"), report: stderr.toString("latin1") };
}

function outcomeOf(expression: string): string {
  const { output, report } = evaluate(expression);
  return output === "" ? messageOf(report) : output;
}

const results = evaluate(`[ ${regexResults.map((expression) => `(${expression})`).join("\n")} ]`, ["--json"]);
if (results.output === "") throw new Error(results.report);
const groups: readonly (readonly [name: string, entries: readonly unknown[]])[] = [
  ["regexResults", JSON.parse(results.output) as readonly unknown[]],
  ...Object.entries(outcomes).map(([name, expressions]) => [name, expressions.map(outcomeOf)] as const),
];
const shown = groups.map(([name, entries]) => {
  const lines = entries.map((entry) => `    ${JSON.stringify(entry)}`);
  return `  "${name}": [\n${lines.join(",\n")}\n  ]`;
});
fs.writeFileSync(path.join(import.meta.dirname, "outcomes.json"), `{\n${shown.join(",\n")}\n}\n`);
