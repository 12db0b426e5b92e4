// Builds dist/: the command line and the library as bundles split by what loads together, the type declarations, and
// the licences of what was bundled. Every bundle lies two folders below the package, as its sources do.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { build, type Metafile, type Plugin } from "esbuild";
import { tokenTypes } from "../src/lexer/token-types.ts";
import { NixGrammar } from "../src/parser/grammar.ts";
import { tabulateLookahead } from "../src/parser/lookahead.ts";

const root = path.resolve(import.meta.dirname, "..");
const dist = path.join(root, "dist");
// Built beside it and then put in its place, so that a running ocinix or a failed build does not find half of it.
const fresh = path.join(root, `dist.${process.pid}`);

/**
 * Loads Node's modules when a name of theirs is first used. An ordinary import loads at once, and all of the module:
 * 4 ms for `node:fs`, 13 for `node:crypto`, because V8's flags in bin/ocinix invalidate the code cache inside Node.
 */
const lazyBuiltins: Plugin = {
  name: "lazy-builtins",
  setup(build) {
    build.onResolve({ filter: /^node:/ }, ({ path }) => ({ path, namespace: "lazy-builtin", sideEffects: false }));
    build.onLoad({ filter: /./, namespace: "lazy-builtin" }, ({ path }) => {
      const names = Object.keys(process.getBuiltinModule(path) ?? {});
      const getters = names.map((name) => `get ${name}() { return process.getBuiltinModule("${path}").${name}; }`);
      return { contents: `module.exports = { ${getters.join(", ")} };` };
    });
  },
};

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

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: { "cli/ocinix": "src/cli/start.ts", "library/index": "src/index.ts" },
  outdir: fresh,
  chunkNames: "chunk/[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node24",
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  plugins: [lazyBuiltins, analysedGrammar],
  metafile: true,
  logLevel: "warning",
});
fs.writeFileSync(path.join(fresh, "THIRD-PARTY-LICENSES"), licences(metafile));

const tsc = createRequire(import.meta.url)
  .resolve("typescript/package.json")
  .replace(/package\.json$/, "bin/tsc");
const declarations = ["-p", path.join(root, "tsconfig.build.json"), "--outDir", path.join(fresh, "types")];
execFileSync(process.execPath, [tsc, ...declarations], { cwd: root, stdio: "inherit" });

fs.rmSync(dist, { recursive: true, force: true });
fs.renameSync(fresh, dist);

/** The licence texts of every package that has code in a bundle. */
function licences(built: Metafile): string {
  const packages = new Set<string>();
  for (const file of Object.keys(built.inputs)) {
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
