// The structure of src/ as docs/architecture.md describes it: which folder may import which, where the machine and the
// parser library may be touched, and no import cycles.
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { version } from "../src/cli/version.ts";

const root = path.resolve(import.meta.dirname, "..");
const src = path.join(root, "src");

/** What each folder of src/ may import besides itself. */
const layers: Readonly<Record<string, readonly string[] | "everything">> = {
  source: [],
  host: [],
  lexer: ["source"],
  parser: ["lexer", "value", "source"],
  value: ["source"],
  store: ["host", "source"],
  substitute: ["store", "host", "source"],
  evaluator: ["parser", "value", "host", "source", "store"],
  builtins: ["evaluator", "value", "store", "host", "source"],
  build: ["store", "host", "source"],
  oci: ["store", "host", "source"],
  explain: ["evaluator", "value", "parser", "lexer", "host", "source"],
  api: ["explain", "evaluator", "builtins", "build", "substitute", "oci", "parser", "value", "store", "host", "source"],
  repl: ["api", "evaluator", "builtins", "build", "lexer", "parser", "value", "store", "host", "source"],
  cli: "everything",
  "index.ts": "everything",
};

/** Where modules from outside may be imported: package or built-in module -> folders or files. */
const confined: readonly (readonly [pattern: RegExp, allowed: readonly string[]])[] = [
  [/^chevrotain$/, ["lexer", "parser"]],
  [/^(node:)?(fs|fs\/promises|child_process|process|tty)$|^fs-extra/, ["host", "cli", "build"]],
  [/^(node:)?(crypto|zlib|sqlite)$/, ["store", "substitute"]],
  [/^(node:)?(http|https|net)$/, ["substitute", "cli"]],
  [/^immer$|^ajv/, ["oci"]],
];

// Not every `process` is Node's: a container's configuration has one too.
const globalProcess =
  /(?<![.\w"'`])process\.(env|argv|cwd|chdir|exit\w*|std\w+|pid|platform|arch|version\w*|get[eu]?[gu]id|umask|on|hrtime|memoryUsage|kill|emit\w*|nextTick)\b/;

interface Module {
  /** Relative to src/. */
  readonly file: string;
  readonly folder: string;
  /** Imported modules of src/, relative to it; and whether the import is there at run time. */
  readonly imports: readonly { readonly file: string; readonly typeOnly: boolean }[];
  readonly outside: readonly string[];
  readonly text: string;
}

const modules = fs
  .readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map(readModule);

describe("the layers of src/", () => {
  it("are all of its folders", () => {
    const unknown = modules.map(({ folder }) => folder).filter((folder) => !(folder in layers));
    expect(unknown).toEqual([]);
  });

  it("were looked at module by module", () => {
    const looked = modules.filter(({ imports, outside }) => imports.length + outside.length > 0).length;
    expect(modules.length).toBeGreaterThanOrEqual(60);
    expect(looked).toBeGreaterThanOrEqual(50);
  });

  it("import only what is below them", () => {
    const wrong = modules.flatMap(({ file, folder, imports }) =>
      imports
        .map((target) => folderOf(target.file))
        .filter((target) => target !== folder && layers[folder] !== "everything" && !layers[folder]?.includes(target))
        .map((target) => `${file} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it("have no import cycle at run time", () => {
    expect(findCycles()).toEqual([]);
  });

  it("name every import with its extension, and reach it", () => {
    const missing = modules.flatMap(({ file, imports }) =>
      imports
        .filter((target) => !fs.existsSync(path.join(src, target.file)))
        .map((target) => `${file}: ${target.file}`),
    );
    expect(missing).toEqual([]);
  });
});

describe("modules from outside", () => {
  it("are imported only where they belong", () => {
    const wrong = modules.flatMap(({ file, folder, outside }) =>
      outside
        .filter((name) => confined.some(([pattern, allowed]) => pattern.test(name) && !allowed.includes(folder)))
        .map((name) => `${file} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it("include the process itself", () => {
    const wrong = modules
      .filter(({ folder }) => !["host", "cli", "build"].includes(folder))
      .filter(({ text }) => globalProcess.test(withoutComments(text)))
      .map(({ file }) => file);
    expect(wrong).toEqual([]);
  });
});

describe("conventions", () => {
  it("open each file with a comment that says what it owns", () => {
    expect(modules.filter(({ text }) => !text.startsWith("// ")).map(({ file }) => file)).toEqual([]);
  });

  it("have no catch-all files and no barrels", () => {
    const names = modules.map(({ file }) => path.basename(file, ".ts"));
    expect(names.filter((name) => /^(utils?|helpers?|common|types|misc)$/.test(name))).toEqual([]);
    const barrels = modules.filter(({ file, text }) => file !== "index.ts" && /^export .*\bfrom "/m.test(text));
    expect(barrels.map(({ file }) => file)).toEqual([]);
  });

  it("keep the version in one place", () => {
    const { version: packaged } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
    expect(version).toBe(packaged);
  });
});

function readModule(file: string): Module {
  const text = fs.readFileSync(path.join(src, file), "utf8");
  const imports: { file: string; typeOnly: boolean }[] = [];
  const outside: string[] = [];
  // Static imports and re-exports, dynamic imports, types by import(), built-in modules and packages by name.
  const pattern =
    /^(?:import|export)\s+(type\s)?[^"';]*?from\s+"([^"]+)"|^import\s+"([^"]+)"|\bimport\(\s*"([^"]+)"|\bgetBuiltinModule\("([^"]+)"|\)\("([^"]+)"\)/gm;
  for (const [, type, from, bare, dynamic, builtin, required] of withoutComments(text).matchAll(pattern)) {
    const name = from ?? bare ?? dynamic ?? builtin ?? required!;
    if (name.startsWith(".")) imports.push({ file: path.join(path.dirname(file), name), typeOnly: type !== undefined });
    else outside.push(name);
  }
  return { file, folder: folderOf(file), imports, outside, text };
}

/** The first folder of a path in src/, or the file itself when it lies in src/. */
function folderOf(file: string): string {
  return file.split(path.sep)[0]!;
}

function withoutComments(text: string): string {
  return text.replace(/^\s*\/\/.*|\/\*[\s\S]*?\*\//gm, "");
}

/** Every cycle that a depth-first walk meets, as the files on it. */
function findCycles(): string[] {
  const byFile = new Map(modules.map((module) => [module.file, module]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const walk = (file: string, trail: readonly string[]): void => {
    if (trail.includes(file)) {
      cycles.push([...trail.slice(trail.indexOf(file)), file].join(" -> "));
      return;
    }
    if (done.has(file)) return;
    done.add(file);
    for (const target of byFile.get(file)?.imports ?? []) {
      if (!target.typeOnly) walk(target.file, [...trail, file]);
    }
  };
  for (const { file } of modules) walk(file, []);
  return cycles;
}
