// Evaluating files: finding the one that a path means, parsing, resolving, compiling, and remembering the value.
import { shortHash } from "../host/cache-folder.ts";
import type { Expr, Frame } from "../parser/ast.ts";
import type { LintedLiteral, LintLiteral } from "../parser/grammar.ts";
import { parseNix } from "../parser/parse.ts";
import { bytesFromBuffer } from "../source/bytes.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos, type Origin, type Pos, type Source } from "../source/position.ts";
import { SymbolTable } from "../source/symbol-table.ts";
import { storeDir } from "../store/store-path.ts";
import { AttrSet } from "../value/attr-set.ts";
import { showPath } from "../value/print.ts";
import { force, Thunk } from "../value/thunk.ts";
import { type Lazy, NixPath, type Value } from "../value/value.ts";
import { Compiler, type Prelude } from "./compile.ts";
import { type Environment, newEnvironment } from "./environment.ts";
import { addFrame } from "./expect.ts";
import { fileFault, missingFile, readFile, resolveAncestors } from "./file-access.ts";
import { internalFiles } from "./internal-files.ts";
import type { Interpreter } from "./interpreter.ts";
import { canonicalPath, dirName } from "./path.ts";
import { resolveNames } from "./resolve.ts";
import { resolveSymlinks } from "./symlinks.ts";
import type { Signature } from "./tree-cache.ts";
import { reportWarning, writeWarning } from "./warning.ts";

export interface TextOptions {
  readonly origin: Origin;
  /** The folder that relative paths start from. */
  readonly baseDir: string;
  /** Names of an outermost scope, as `scopedImport` has them. */
  readonly scope?: AttrSet | undefined;
  readonly prelude?: Prelude | undefined;
  /** Names besides the interpreter's globals. */
  readonly extraGlobals?: ReadonlyMap<string, Lazy> | undefined;
}

const maxLinks = 1024;

/** The value of a file, or of a folder's default.nix; every file is evaluated once. */
export function importFile(interpreter: Interpreter, path: NixPath, pos: Pos = noPos): Value {
  const file = fileOf(interpreter, path);
  let thunk = interpreter.importedFiles.get(file);
  if (thunk === undefined) {
    thunk = Thunk.of(evaluateFile, { interpreter, file });
    interpreter.importedFiles.set(file, thunk);
  }
  return force(thunk, pos);
}

/** The value of a file whose free names are looked up in a set first; nothing is remembered. */
export function importWithScope(interpreter: Interpreter, scope: AttrSet, path: NixPath, _pos: Pos = noPos): Value {
  return evaluateFile({ interpreter, file: fileOf(interpreter, path), scope });
}

/** The value of an entry file, with the prelude's names. Not remembered: imported again, the file has no prelude. */
export function evaluateEntryFile(interpreter: Interpreter, path: NixPath, prelude: Prelude | undefined): Value {
  return evaluateFile({ interpreter, file: fileOf(interpreter, path), prelude });
}

/** The value of Nix code of our own. */
export function evaluateInternal(interpreter: Interpreter, name: string, text: string): Value {
  return evaluateText(interpreter, text, { origin: { kind: "internal", name }, baseDir: "/" });
}

interface FileRequest {
  readonly interpreter: Interpreter;
  readonly file: string;
  readonly scope?: AttrSet;
  readonly prelude?: Prelude | undefined;
}

function evaluateFile({ interpreter, file, scope, prelude }: FileRequest): Value {
  const { embedded } = interpreter;
  const isEmbedded = embedded !== undefined && file.startsWith(`${embedded.dir}/`);
  const options: TextOptions = {
    origin: { kind: "file", path: file },
    baseDir: dirName(file),
    scope,
    prelude,
    extraGlobals: isEmbedded ? embedded.globals : undefined,
  };
  // Outside of what gets the frame: what the text itself shows to be wrong has none.
  const kept = scope === undefined && prelude === undefined ? keptFile(interpreter, file, options) : undefined;
  const resolved = kept ?? resolveText(interpreter, readSource(interpreter, file), options);
  const evaluate = (): Value => evaluateResolved(interpreter, resolved, options);
  if (scope !== undefined) return evaluate();
  try {
    return evaluate();
  } catch (error) {
    throw addFrame(error, `while evaluating the file '${file}':`, noPos);
  }
}

/** The tree of a source, as the settings have it. Warnings are written, unless `warn` takes them. Throws NixError. */
export function parseSource(
  interpreter: Interpreter,
  source: Source,
  baseDir: string,
  warn = (message: string): void => warnOfSource(interpreter, message),
  symbols = interpreter.symbols,
): Expr {
  return parseNix(source, {
    baseDir,
    homeDir: homeDir(interpreter),
    features: interpreter.settings.experimentalFeatures,
    symbols,
    warn,
    lint: lintFor(interpreter),
  });
}

function warnOfSource(interpreter: Interpreter, message: string): void {
  const warning = { message, pos: noPos, trace: [], suggestions: [] };
  reportWarning(interpreter, warning, { prefix: "warning", isUnindented: true });
}

function homeDir({ settings, host }: Interpreter): string | undefined {
  return settings.pureEval ? undefined : (host.env("HOME") ?? host.homeDir);
}

/** What is done about literals that are better written in another way; undefined when nothing is. */
function lintFor(interpreter: Interpreter): LintLiteral | undefined {
  const { lints } = interpreter.settings;
  if (Object.values(lints).every((level) => level === "ignore")) return undefined;
  return (kind, pos, message) => {
    const level = lints[kind];
    if (level === "ignore") return;
    const isFatal = level === "fatal";
    const text = `${message(isFatal)} (${lintNames[kind]})`;
    if (isFatal) throw new NixError("syntax", text, pos);
    writeWarning(interpreter, text, pos);
  };
}

/** Names of the settings. */
const lintNames: Readonly<Record<LintedLiteral, string>> = {
  url: "lint-url-literals",
  shortPath: "lint-short-path-literals",
  absolutePath: "lint-absolute-path-literals",
};

/** Parses and evaluates a text (a byte string). */
export function evaluateText(interpreter: Interpreter, text: string, options: TextOptions): Value {
  return prepareText(interpreter, text, options)();
}

/** Parses a text now, and evaluates it when the result is called. Throws what the text itself shows to be wrong. */
export function prepareText(interpreter: Interpreter, text: string, options: TextOptions): () => Value {
  const resolved = resolveText(interpreter, text, options);
  return () => evaluateResolved(interpreter, resolved, options);
}

interface ResolvedText {
  readonly expr: Expr;
  readonly frame: Frame;
}

/** The file as it is kept, or parsed and then kept; undefined where neither can be. */
function keptFile(interpreter: Interpreter, file: string, options: TextOptions): ResolvedText | undefined {
  const { treeCache, files, positions, host } = interpreter;
  if (treeCache === undefined || file.startsWith(`${storeDir}/`) || lintFor(interpreter) !== undefined)
    return undefined;
  const stat = files.stat(file);
  if (stat?.type !== "regular" || stat.inode === 0) return undefined;
  const signature = signatureOf(interpreter, options.extraGlobals);
  const kept = treeCache.get(file, signature, stat);
  if (kept !== undefined) {
    interpreter.symbols.addAll(kept);
    const read = (): string => {
      const text = bytesFromBuffer(host.files.readFile(file));
      return text.length === kept.length ? text : "";
    };
    const { base } = positions.addUnread(options.origin, kept.length, read);
    return { expr: kept.exprAt(base), frame: kept.frame };
  }
  const text = readSource(interpreter, file);
  const symbols = new SymbolTable();
  const source = positions.addSource(options.origin, text);
  const warnings: string[] = [];
  let expr: Expr;
  try {
    expr = parseSource(interpreter, source, options.baseDir, (message) => warnings.push(message), symbols);
  } catch {
    // Parsed again, with the names of all sources: messages depend on them.
    return undefined;
  }
  for (const warning of warnings) warnOfSource(interpreter, warning);
  const { names } = symbols;
  interpreter.symbols.addAll(symbols);
  const frame = resolve(interpreter, expr, options);
  if (text.length === stat.size && warnings.length === 0) {
    treeCache.add({ path: file, signature, stat, expr, base: source.base, frame, names });
  }
  return { expr, frame };
}

/** What decides, besides a file itself, how it is parsed and resolved. */
function signatureOf(interpreter: Interpreter, extraGlobals: TextOptions["extraGlobals"]): Signature {
  const { signatures, globals, settings } = interpreter;
  let signature = signatures.get(extraGlobals);
  if (signature === undefined) {
    const names = [...globals.keys(), "", ...(extraGlobals?.keys() ?? [])];
    signature = shortHash([...names, "", ...settings.experimentalFeatures, "", homeDir(interpreter) ?? ""].join("\0"));
    signatures.set(extraGlobals, signature);
  }
  return signature;
}

function resolveText(interpreter: Interpreter, text: string, options: TextOptions): ResolvedText {
  const source = interpreter.positions.addSource(options.origin, text);
  const expr = parseSource(interpreter, source, options.baseDir);
  return { expr, frame: resolve(interpreter, expr, options) };
}

function resolve(interpreter: Interpreter, expr: Expr, options: TextOptions): Frame {
  const { scope = AttrSet.empty, prelude, extraGlobals } = options;
  const { globals } = interpreter;
  return resolveNames(
    expr,
    {
      isGlobal: (name) => globals.has(name) || extraGlobals?.has(name) === true,
      scope: scope.names,
      isInPrelude: () => prelude !== undefined,
    },
    interpreter.symbols,
  );
}

function evaluateResolved(interpreter: Interpreter, { expr, frame }: ResolvedText, options: TextOptions): Value {
  const { scope = AttrSet.empty, prelude, extraGlobals } = options;
  const { globals } = interpreter;
  const globalOf = (name: string): Lazy => {
    const extra = extraGlobals?.get(name);
    return extra === undefined ? (globals.get(name) as Lazy) : extra;
  };
  const code = new Compiler(interpreter, globalOf, prelude).compile(expr);
  const environment: Environment = newEnvironment(frame.size, []);
  for (const [index, value] of scope.values.entries()) environment[index + 1] = value;
  return code(environment);
}

/** The name of the file: of one that ocinix brings as messages show it. */
function fileOf(interpreter: Interpreter, path: NixPath): string {
  return path.internal ? showPath(path) : resolveFile(interpreter, path.path);
}

/** `resolveAncestors`, but where symlinks have no end, the error names the folder. */
function placeOf(interpreter: Interpreter, path: string): string {
  try {
    return resolveAncestors(interpreter, path);
  } catch (error) {
    resolveSymlinks(interpreter.files, dirName(path));
    throw error;
  }
}

/** The file that a path leads to: through symlinks, and to default.nix in a folder. */
export function resolveFile(interpreter: Interpreter, path: string): string {
  const { files } = interpreter;
  let current = path;
  try {
    for (let links = 1; current !== "/"; links++) {
      if (links >= maxLinks) {
        throw new NixError("file", `too many symbolic links encountered while traversing the path '${current}'`);
      }
      const real = placeOf(interpreter, current);
      if (files.lstat(real)?.type !== "symlink") break;
      const target = files.readLink(real);
      current = target.startsWith("/") ? canonicalPath(target) : canonicalPath(`${dirName(current)}/${target}`);
    }
    return files.stat(current)?.type === "directory" ? `${current === "/" ? "" : current}/default.nix` : current;
  } catch (error) {
    throw fileFault(error, interpreter);
  }
}

function readSource(interpreter: Interpreter, file: string): string {
  if (file.startsWith("<nix/")) {
    const internal = internalFiles.get(file.slice("<nix".length, -1));
    if (internal === undefined) throw missingFile(file);
    return internal;
  }
  return bytesFromBuffer(readFile(interpreter, new NixPath(file), "resolved"));
}
