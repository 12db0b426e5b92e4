// Files that were parsed before are not read again, give the same values and errors, and are never believed when they
// are outdated or damaged.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Evaluation } from "../../src/api/evaluation.ts";
import { forceDeep } from "../../src/evaluator/force-deep.ts";
import { defaultSettings } from "../../src/evaluator/settings.ts";
import { TreeCache } from "../../src/evaluator/tree-cache.ts";
import type { Host } from "../../src/host/host.ts";
import { createNodeHost } from "../../src/host/node-host.ts";
import { renderError } from "../../src/source/error-report.ts";
import { NixError } from "../../src/source/nix-error.ts";
import { printAmbiguous } from "../../src/value/print.ts";

let folder: string;
beforeEach(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-trees-")));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

interface Outcome {
  /** The printed value, or the report of the error. */
  readonly text: string;
  /** How often the source was read. */
  readonly reads: number;
  readonly traces: string;
}

/** Evaluates an expression in a process of its own, as it were. */
function evaluate(expr: string, features: readonly string[] = [], cacheFolder = "trees"): Outcome {
  const node = createNodeHost();
  let reads = 0;
  let traces = "";
  const files = Object.assign(Object.create(node.files), {
    readFile: (file: string) => {
      if (file === `${folder}/source.nix`) reads++;
      return node.files.readFile(file);
    },
  });
  const host: Host = Object.create(node, {
    files: { value: files },
    writeError: {
      value: (text: string) => {
        traces += text;
      },
    },
  });
  const settings = { ...defaultSettings, experimentalFeatures: new Set(features) };
  const evaluation = new Evaluation({ host, settings, storeDir: undefined, prelude: false });
  const cache = new TreeCache(host, `${folder}/${cacheFolder}`);
  evaluation.interpreter.treeCache = cache;
  try {
    const text = evaluation.run(() => {
      const value = evaluation.evaluateText(expr, "string");
      forceDeep(evaluation.interpreter, value);
      return printAmbiguous(value);
    });
    return { text, reads, traces };
  } catch (error) {
    if (!(error instanceof NixError)) throw error;
    const text = renderError(error, evaluation.interpreter.positions, { showTrace: true, color: false });
    return { text, reads, traces };
  } finally {
    cache.save();
    evaluation.close();
  }
}

/** Writes the source as if long ago. */
function write(text: string, second = 1_000_000): void {
  fs.writeFileSync(`${folder}/source.nix`, text);
  fs.utimesSync(`${folder}/source.nix`, second, second);
}

const source = `
{ text ? "a", ... }@args:
let f = x: x + 1; big = 9007199254740993; in
rec {
  inherit (args) given;
  numbers = [ 1 (-2) 1.5 big (f 1) ];
  "two words" = "\${text}b" + ./file;
  nested.a.b = with { c = numbers; }; builtins.length c;
  isSet = args ? given && !(args ? "\${text}");
  indented = ''
    one
      \${text}
  '';
  fallback = args.none or (if isSet then 1 else 2);
  position = __curPos;
  checked = assert isSet; builtins.functionArgs f;
}
`;
const call = (): string =>
  `builtins.removeAttrs (import ${folder}/source.nix { given = 1; }) [ "two words" "position" ]`;

describe("the tree cache", () => {
  it("spares reading and parsing, and changes no value", () => {
    write(source);
    const first = evaluate(call());
    const second = evaluate(call());
    expect(first.reads).toBe(1);
    expect(second).toEqual({ ...first, reads: 0 });
    expect(first.text).toContain("9007199254740993");
  });

  it("changes no error: the source is read for its lines", () => {
    write("{ a }:\n# a comment\nlet b = a + 1;\nin b.c");
    const expr = `import ${folder}/source.nix { a = 1; }`;
    const first = evaluate(expr);
    const second = evaluate(expr);
    expect(second).toEqual(first);
    expect(second.text).toContain("4| in b.c");
  });

  it("changes no position", () => {
    write(source);
    const expr = `(import ${folder}/source.nix { }).position`;
    const first = evaluate(expr);
    expect(evaluate(expr)).toEqual(first);
    expect(first.text).toContain("line = 15;");
  });

  it("keeps the order of names", () => {
    write("{ zebra = builtins.trace ''zebra'' 1; yak = builtins.trace ''yak'' 2; }");
    const expr = `import ${folder}/source.nix // { aardvark = builtins.trace "aardvark" 3; }`;
    const first = evaluate(expr);
    expect(evaluate(expr)).toEqual({ ...first, reads: 0 });
    const names = `import ${folder}/source.nix`;
    expect(evaluate(names).traces).toBe("trace: zebra\ntrace: yak\n");
  });

  it("does not believe a file that has changed", () => {
    write("1", 1_000_000);
    expect(evaluate(`import ${folder}/source.nix`).text).toBe("1");
    write("2", 1_000_001);
    expect(evaluate(`import ${folder}/source.nix`)).toMatchObject({ text: "2", reads: 1 });
  });

  it("does not keep a file that has just been written", () => {
    fs.writeFileSync(`${folder}/source.nix`, "1");
    evaluate(`import ${folder}/source.nix`);
    expect(evaluate(`import ${folder}/source.nix`)).toMatchObject({ text: "1", reads: 1 });
  });

  it("knows features of the language apart", () => {
    write("1 |> (x: x + 1)");
    const expr = `import ${folder}/source.nix`;
    expect(evaluate(expr, ["pipe-operators"]).text).toBe("2");
    expect(evaluate(expr).text).toContain("pipe-operators");
    expect(evaluate(expr, ["pipe-operators"])).toMatchObject({ text: "2", reads: 0 });
  });

  it("does not keep what is wrong", () => {
    write("{ a = 1; a = 2; }");
    const first = evaluate(`import ${folder}/source.nix`);
    expect(first.text).toContain("already defined");
    expect(evaluate(`import ${folder}/source.nix`).text).toBe(first.text);
  });

  it("does not believe a damaged entry, whatever the damage", () => {
    write(source);
    const expected = evaluate(call()).text;
    const [entry = ""] = fs.readdirSync(`${folder}/trees`);
    const file = `${folder}/trees/${entry}`;
    const good = fs.readFileSync(file);
    for (let at = 0; at < good.length; at += 7) {
      const bad = Buffer.from(good);
      bad[at]! ^= 0x55;
      fs.writeFileSync(file, bad);
      expect(evaluate(call()).text).toBe(expected);
    }
    for (const length of [0, 1, 31, 32, 60, good.length - 1]) {
      fs.writeFileSync(file, good.subarray(0, length));
      expect(evaluate(call()).text).toBe(expected);
    }
  });

  it("removes what other versions left long ago", () => {
    write("1");
    for (const name of ["old", "new"]) fs.mkdirSync(`${folder}/trees/${name}`, { recursive: true });
    fs.utimesSync(`${folder}/trees/old`, 1_000_000, 1_000_000);
    evaluate(`import ${folder}/source.nix`, [], "trees/this");
    expect(fs.readdirSync(`${folder}/trees`).sort()).toEqual(["new", "this"]);
  });

  it("does without a folder that cannot be written", () => {
    write("1");
    fs.writeFileSync(`${folder}/trees`, "a file");
    expect(evaluate(`import ${folder}/source.nix`)).toMatchObject({ text: "1", reads: 1 });
    expect(evaluate(`import ${folder}/source.nix`)).toMatchObject({ text: "1", reads: 1 });
  });
});
