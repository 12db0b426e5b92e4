// What a path's string context asks for before the path can be read: the objects have to be in the store, and outputs of
// derivations have to be built (import from derivation).
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos } from "../source/position.ts";
import type { StorePath } from "../store/eval-store.ts";
import { storeDir } from "../store/store-path.ts";
import { showPath } from "../value/print.ts";
import type { BuiltElement, StringContext } from "../value/string-context.ts";
import type { Lazy, NixPath } from "../value/value.ts";
import { ContextCollector, coerceToPath } from "./coerce.ts";
import { addFrame } from "./expect.ts";
import { fileFault, resolvePath } from "./file-access.ts";
import type { Interpreter } from "./interpreter.ts";
import { writeWarning } from "./warning.ts";

/** The error of a store object that a string refers to and that is not in the store. */
export class InvalidPathError extends NixError {
  private readonly path: StorePath;
  private readonly shown: string;

  /** `shown` is what the message calls it. */
  constructor(path: StorePath, shown: string) {
    super("store", `path '${shown}' is not valid`);
    this.path = path;
    this.shown = shown;
  }

  static of(path: StorePath, { hasNewMessages }: Interpreter): InvalidPathError {
    return new InvalidPathError(path, hasNewMessages ? path : baseNameOf(path));
  }

  get baseName(): string {
    return baseNameOf(this.path);
  }

  override copy(): InvalidPathError {
    return this.copyInto(new InvalidPathError(this.path, this.shown));
  }
}

/** Makes everything in the context available. Throws InvalidPathError, and NixError for what cannot be built. */
export function realiseContext(interpreter: Interpreter, context: StringContext): void {
  const { store } = interpreter;
  const wanted: BuiltElement[] = [];
  for (const element of context.elements) {
    const path = element.kind === "opaque" ? element.path : element.drvPath;
    if (!store.has(path)) throw InvalidPathError.of(path, interpreter);
    if (element.kind === "built") wanted.push(element);
  }
  const [first] = wanted;
  if (first !== undefined) checkImport(interpreter, first);
  for (const element of wanted) realiseOutput(interpreter, element);
}

/** What the settings say about needing the output of a derivation. */
function checkImport(interpreter: Interpreter, { drvPath, via = [], output }: BuiltElement): void {
  const { allowImportFromDerivation, traceImportFromDerivation } = interpreter.settings;
  const name = [drvPath, ...via, output].join("^");
  if (!allowImportFromDerivation) {
    throw new NixError(
      "eval",
      `cannot build '${name}' during evaluation because the option 'allow-import-from-derivation' is disabled`,
    );
  }
  if (traceImportFromDerivation) {
    writeWarning(interpreter, `built '${name}' during evaluation due to an import from derivation`);
  }
}

/** Checks a store path that the program names: where the evaluation writes to the store, it has to be valid. */
export function requireValid({ store, isReadOnly }: Interpreter, path: StorePath): void {
  if (isReadOnly || store.has(path)) return;
  throw new NixError("store", `path '${path}' is required, but there is no substituter that can build it`);
}

function realiseOutput(interpreter: Interpreter, { drvPath, via = [], output }: BuiltElement): void {
  const { store, buildOutput } = interpreter;
  if (via.length > 0) throw notBuilt([drvPath, ...via, output].join("^"));
  const derivation = store.readDerivation(drvPath);
  if (!derivation.outputs.has(output)) {
    throw new NixError("store", `derivation '${drvPath}' does not have wanted outputs '${output}'`);
  }
  const path = derivation.outputs.get(output)?.path || undefined;
  if (path !== undefined && !store.has(path)) buildOutput?.(drvPath, output);
  if (path === undefined || !store.has(path)) throw notBuilt(`${drvPath}^${output}`);
  if (interpreter.access !== undefined) allowClosure(interpreter, path);
}

function notBuilt(output: string): NixError {
  return new NixError(
    "unsupported",
    `'${output}' has to be built during the evaluation, and ocinix cannot do that for this derivation`,
  );
}

/** Lets a guarded program read an object and everything that it refers to. */
export function allowClosure(interpreter: Interpreter, path: StorePath): void {
  const closure = new Set([path]);
  for (const member of closure) {
    interpreter.access?.allow(member);
    for (const reference of referencesOf(interpreter, member)) closure.add(reference);
  }
}

/** The references of an object; none when the store does not know them. */
export function referencesOf(interpreter: Interpreter, path: StorePath): readonly StorePath[] {
  try {
    return interpreter.store.references(path);
  } catch (error) {
    if (fileFault(error) instanceof NixError) return [];
    throw error;
  }
}

/**
 * A path from a path, a string or a set that stands for one, with its context realised. Symlinks are resolved as
 * `symlinks` says; by default they are left for the reading, which follows them.
 */
export function realisePath(
  interpreter: Interpreter,
  lazy: Lazy,
  pos: Pos = noPos,
  symlinks: "all" | "ancestors" | "none" = "none",
): NixPath {
  const collector = new ContextCollector();
  const path = coerceToPath(interpreter, lazy, pos, collector, "while realising the context of a path");
  if (collector.context.isEmpty && symlinks === "none") return path;
  try {
    if (!collector.context.isEmpty) realiseContext(interpreter, collector.context);
    return symlinks === "none" ? path : resolvePath(interpreter, path, symlinks);
  } catch (error) {
    throw addFrame(fileFault(error, interpreter), `while realising the context of path '${showPath(path)}'`, pos);
  }
}

/** Without the store folder. */
function baseNameOf(path: StorePath): string {
  return path.slice(storeDir.length + 1);
}
