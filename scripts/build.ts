// Builds dist/, or the folder that is named: the command line as one script, the library as ES modules, the type
// declarations, and the licences of what was bundled. Every bundle lies two folders below the package, as its sources do.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { build, type Metafile, type Plugin } from "esbuild";
import { tokenTypes } from "../src/lexer/token-types.ts";
import { NixGrammar } from "../src/parser/grammar.ts";
import { tabulateLookahead } from "../src/parser/lookahead.ts";

const root = path.resolve(import.meta.dirname, "..");
const dist = path.resolve(process.argv[2] ?? path.join(root, "dist"));
// Built beside it and then put in its place, so that a running ocinix or a failed build does not find half of it.
const fresh = `${dist}.${process.pid}`;
process.on("exit", () => fs.rmSync(fresh, { recursive: true, force: true }));

/** V8's own, in kB. */
const defaultStackSize = 984;

/**
 * Loads Node's modules when a name of theirs is first used. An ordinary import loads at once, and all of the module:
 * 4 ms for `node:fs`, 13 for `node:crypto`, because the stack size in bin/ocinix invalidates the code cache inside Node.
 * V8 looks at that flag once, when it starts, and so the command line puts it back before it loads a large module.
 */
const lazyBuiltins = (isCommandLine: boolean): Plugin => ({
  name: "lazy-builtins",
  setup(build) {
    build.onResolve({ filter: /^node:/ }, ({ path }) => ({ path, namespace: "lazy-builtin", sideEffects: false }));
    const resetFlags = `process.getBuiltinModule("node:v8").setFlagsFromString("--stack-size=${defaultStackSize}");`;
    build.onLoad({ filter: /./, namespace: "lazy-builtin" }, ({ path }) => ({
      // A prototype, because esbuild copies the properties of a module that it takes for CommonJS, one by one.
      contents: `let loaded;
        const load = () => {
          ${isCommandLine && path === "node:crypto" ? resetFlags : ""}
          return process.getBuiltinModule("${path}");
        };
        const get = (_, name) => (loaded ??= load())[name];
        module.exports = Object.create(new Proxy({}, { get }));`,
    }));
  },
});

/** Puts the tables into the parser that spare it to analyse its grammar at every start. */
const analysedGrammar: Plugin = {
  name: "analysed-grammar",
  setup(build) {
    build.onLoad({ filter: /\/src\/parser\/lookahead-tables\.ts$/ }, () => {
      const tables = tabulateLookahead(new NixGrammar(undefined), tokenTypes);
      return { contents: `export const lookaheadTables = ${JSON.stringify(tables)};` };
    });
  },
};

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: "node" as const,
  target: "node24",
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none" as const,
  plugins: [lazyBuiltins(false), analysedGrammar],
  metafile: true as const,
  logLevel: "warning" as const,
};

// The command line is one script, a function that src/cli/start.ts calls: V8 can cache all of its code at once. What a
// command does not use is in it, but does not run.
const main = await build({
  ...common,
  entryPoints: ["src/cli/main.ts"],
  plugins: [lazyBuiltins(true), analysedGrammar],
  format: "cjs" as const,
  banner: { js: "(function(module,require,__filename,__dirname){" },
  footer: { js: "})" },
  define: { "import.meta.dirname": "__dirname", "import.meta.url": "__filename" },
  write: false as const,
});
const { contents } = main.outputFiles[0]!;
const mainScript = `main-${createHash("sha256").update(contents).digest("hex").slice(0, 16)}.cjs`;
fs.mkdirSync(path.join(fresh, "cli"), { recursive: true });
fs.writeFileSync(path.join(fresh, "cli", mainScript), contents);

await build({
  ...common,
  entryPoints: { ocinix: "src/cli/start.ts" },
  outdir: path.join(fresh, "cli"),
  outExtension: { ".js": ".cjs" },
  format: "cjs" as const,
  target: "es2018",
  define: { "import.meta.dirname": "__dirname", mainScript: JSON.stringify(mainScript) },
});

// A thread of its own, which the command line starts from the folder that it lies in.
await build({
  ...common,
  entryPoints: ["src/substitute/transfer-worker.ts"],
  outdir: path.join(fresh, "cli"),
  format: "esm" as const,
});

const library = await build({
  ...common,
  entryPoints: { index: "src/index.ts" },
  outdir: path.join(fresh, "library"),
  splitting: true,
  format: "esm" as const,
});
fs.writeFileSync(path.join(fresh, "THIRD-PARTY-LICENSES"), licences(main.metafile, library.metafile));

const tsc = createRequire(import.meta.url)
  .resolve("typescript/package.json")
  .replace(/package\.json$/, "bin/tsc");
const declarations = ["-p", path.join(root, "tsconfig.build.json"), "--outDir", path.join(fresh, "types")];
execFileSync(process.execPath, [tsc, ...declarations], { cwd: root, stdio: "inherit" });

fs.rmSync(dist, { recursive: true, force: true });
fs.renameSync(fresh, dist);

/** The licence texts of every package that has code in a bundle. */
function licences(...built: readonly Metafile[]): string {
  const packages = new Set<string>();
  for (const file of built.flatMap(({ inputs }) => Object.keys(inputs))) {
    const folder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
    if (folder !== undefined) packages.add(folder);
  }
  return Array.from(packages).sort().map(licence).join("\n");
}

function licence(folder: string): string {
  const { name, version, license } = JSON.parse(fs.readFileSync(path.join(root, folder, "package.json"), "utf8"));
  const file = fs.readdirSync(path.join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? "" : fs.readFileSync(path.join(root, folder, file), "utf8");
  return `${name} ${version} (${license})\n\n${text}\n`;
}
