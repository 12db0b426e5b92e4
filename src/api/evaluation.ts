// An evaluation put together: the host's files behind a store, the settings, the builtins, the package set that ocinix
// brings at the end of the search path, and the prelude. The command line and the library both start here.
import type { OutputSource } from "../build/output-source.ts";
import { builtinDefinitions, constantDefinitions } from "../builtins/registry.ts";
import { Evaluator } from "../evaluator/evaluator.ts";
import { readFile } from "../evaluator/file-access.ts";
import {
  evaluateEntryFile,
  evaluateText,
  importFile,
  parseSource,
  prepareText,
  resolveFile,
} from "../evaluator/import.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { canonicalPath, dirName } from "../evaluator/path.ts";
import { resolveNames } from "../evaluator/resolve.ts";
import { checkSearchPath, findFile } from "../evaluator/search-path.ts";
import type { SearchPathEntry, Settings } from "../evaluator/settings.ts";
import type { Host } from "../host/host.ts";
import type { Expr } from "../parser/ast.ts";
import { bytesFromBuffer } from "../source/bytes.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos, type Origin, type Pos } from "../source/position.ts";
import { suggestNames } from "../source/suggestions.ts";
import { VirtualStore } from "../store/virtual-store.ts";
import type { AttrSet } from "../value/attr-set.ts";
import { Lambda } from "../value/function.ts";
import { force, Thunk } from "../value/thunk.ts";
import { NixPath, type Value } from "../value/value.ts";
import { embeddedNixpkgs, withEmbeddedNixpkgs } from "./embedded-nixpkgs.ts";
import { hostPackageBuiltin } from "./host-package-builtin.ts";
import { namesInScope } from "./names-in-scope.ts";
import { PhysicalStore } from "./physical-store.ts";
import { Prelude } from "./prelude.ts";
import { isUserPlace, userError } from "./user-error.ts";

/** What ends every search path: `<nixpkgs>` is the package set of ocinix unless something before it says otherwise. */
export const embeddedSearchPath: readonly SearchPathEntry[] = [
  { prefix: "nixpkgs", path: embeddedNixpkgs, isHidden: true },
];

export interface EvaluationOptions {
  readonly host: Host;
  readonly settings: Settings;
  /** The folder of the physical store, absolute; without one, everything in the store is virtual. */
  readonly storeDir: string | undefined;
  /** Whether entries may use the names of `pkgs`. */
  readonly prelude: boolean;
  /** Give errors as C++ Nix does, also where there is a prelude. Default false. */
  readonly plainErrors?: boolean;
  /** Gather the frames of calls to find places by, but show them only as the settings say. */
  readonly callFrames?: boolean;
}

/** Thrown when the program imports what has to be built first and nobody called `enableBuilding` yet. */
export class BuildingNeeded extends Error {}

/** Where an entry text came from. */
export type TextOrigin = "string" | "stdin";

export class Evaluation {
  readonly host: Host;
  readonly store: VirtualStore;
  readonly physicalStore: PhysicalStore | undefined;
  readonly interpreter: Interpreter;
  readonly prelude: Prelude | undefined;
  /** Asked for outputs before they are built, by whoever builds. Closed with the evaluation. */
  outputSource: OutputSource | undefined;
  private readonly evaluator: Evaluator;
  private readonly options: EvaluationOptions;
  /** The origins of what was evaluated with the prelude in scope: kinds of texts, paths of files. */
  private readonly entries = new Set<string>();

  constructor(options: EvaluationOptions) {
    const { host, settings, storeDir, prelude, callFrames = false } = options;
    this.options = options;
    this.host = host;
    if (storeDir !== undefined) this.physicalStore = new PhysicalStore(host, storeDir);
    this.store = new VirtualStore({
      files: withEmbeddedNixpkgs(host.files),
      ...(this.physicalStore && { local: this.physicalStore }),
    });
    this.evaluator = new Evaluator({
      host,
      store: this.store,
      settings: callFrames ? { ...settings, showTrace: true } : settings,
      builtins: builtinDefinitions,
      constants: constantDefinitions,
      embedded: { dir: embeddedNixpkgs, builtins: [hostPackageBuiltin] },
    });
    this.interpreter = this.evaluator.interpreter;
    this.interpreter.access?.allow(embeddedNixpkgs);
    if (storeDir !== undefined) {
      // Not an error of the program, so what was being evaluated can be evaluated again.
      this.interpreter.buildOutput = () => {
        throw new BuildingNeeded();
      };
    }
    if (prelude) this.prelude = new Prelude(this.interpreter);
    if (settings.restrictEval && !settings.pureEval) checkSearchPath(this.interpreter);
  }

  /** The value of a text (a byte string), forced; paths in it start from the working folder. To be called in `run`. */
  evaluateText(text: string, kind: TextOrigin): Value {
    this.entries.add(kind);
    return this.evaluate(text, { kind }, this.host.workingDir);
  }

  /** The same, evaluated when it is needed; faults that the text itself shows are thrown now. */
  delayText(text: string, kind: TextOrigin): Thunk {
    this.entries.add(kind);
    const { interpreter, prelude } = this;
    const options = { origin: { kind }, baseDir: this.host.workingDir, prelude: prelude?.names };
    return Thunk.of(prepareText(interpreter, text, options), undefined);
  }

  /**
   * The value of a file as it was named: relative, a folder, `<name>`. It is evaluated for itself, and once more when
   * something imports it, as in C++ Nix. To be called in `run`.
   */
  evaluateFile(name: string): Value {
    const path = this.resolveEntry(name);
    this.entries.add(path);
    return this.evaluate(this.read(path), { kind: "file", path }, dirName(path));
  }

  /**
   * The same as `import` gives it: errors get its frame, and without a prelude the value is remembered. To be called in
   * `run`.
   */
  importEntry(name: string): Value {
    const path = this.resolveEntry(name);
    this.entries.add(path);
    const file = new NixPath(path);
    if (this.prelude === undefined) return importFile(this.interpreter, file);
    return evaluateEntryFile(this.interpreter, file, this.prelude.names);
  }

  /** Whether this is a function that was written in an entry with the prelude in scope. */
  isEntryFunction(value: Value): boolean {
    return this.prelude !== undefined && value instanceof Lambda && this.isInEntry(value.stage.pos);
  }

  /** The tree of a text, checked for undefined variables. */
  parseText(text: string, kind: TextOrigin): Expr {
    return this.parse(text, { kind }, this.host.workingDir);
  }

  /** The tree of a file as it was named, checked for undefined variables. */
  parseFile(name: string): Expr {
    const path = this.resolveEntry(name);
    return this.parse(this.read(path), { kind: "file", path }, dirName(path));
  }

  /** Where `<name>` leads. */
  findFile(name: string): NixPath {
    return findFile(this.interpreter, this.interpreter.settings.nixPath, name, noPos);
  }

  /**
   * Runs what forces values. A full JavaScript stack is an error of the program then. Where there is a prelude, and so
   * no C++ Nix to be like, errors are about the user's own files, and undefined variables come with suggestions.
   */
  run<T>(action: () => T): T {
    try {
      return this.evaluator.guarded(action);
    } catch (error) {
      throw error instanceof NixError ? this.presented(error) : error;
    }
  }

  /** Whether an error that `run` threw names a place in the user's files. */
  hasUserPlace(error: NixError): boolean {
    return userError(error, this.interpreter.positions, embeddedNixpkgs).hasPlace;
  }

  /** The names of the prelude, if the text at a position may use them. */
  preludeNamesAt(pos: Pos): readonly string[] {
    return this.isInEntry(pos) ? this.preludeNames() : [];
  }

  /** Whether a position is in the user's files, and not in what ocinix brings. */
  isUserPlace(pos: Pos): boolean {
    return isUserPlace(pos, this.interpreter.positions, embeddedNixpkgs);
  }

  /** A new evaluation of the same kind that prints nothing and whose errors know where calls were. */
  retraced(): Evaluation {
    const host: Host = Object.create(this.host, { writeError: { value: () => {} } });
    return new Evaluation({ ...this.options, host, callFrames: true });
  }

  /** Lets go of the physical store. */
  close(): void {
    this.outputSource?.close();
    this.physicalStore?.close();
  }

  private evaluate(text: string, origin: Origin, baseDir: string): Value {
    return evaluateText(this.interpreter, text, { origin, baseDir, prelude: this.prelude?.names });
  }

  /** The file that the name of an entry leads to. */
  private resolveEntry(name: string): string {
    const path = this.locate(name);
    if (this.prelude === undefined) return resolveFile(this.interpreter, path);
    // C++ Nix refuses even the entry file in pure evaluation; with a prelude we are another tool.
    const { access } = this.interpreter;
    access?.allow(path);
    const file = resolveFile(this.interpreter, path);
    access?.allow(file);
    return file;
  }

  private read(path: string): string {
    return bytesFromBuffer(readFile(this.interpreter, new NixPath(path)));
  }

  /** The absolute path of a file as it was named. */
  private locate(name: string): string {
    if (/^<.+>$/s.test(name)) return this.findFile(name.slice(1, -1)).path;
    if (/^(?:https?|ftp|file|git|s3):\/\/|^(?:channel|flake):/.test(name)) {
      throw new NixError(
        "unsupported",
        `'${name}' would have to be downloaded, which this version of ocinix cannot do`,
      );
    }
    return canonicalPath(name.startsWith("/") ? name : `${this.host.workingDir}/${name}`);
  }

  private parse(text: string, origin: Origin, baseDir: string): Expr {
    const { interpreter } = this;
    const source = interpreter.positions.addSource(origin, text);
    const expr = parseSource(interpreter, source, baseDir);
    const { globals } = interpreter;
    resolveNames(
      expr,
      { isGlobal: (name) => globals.has(name), scope: [], isInPrelude: () => this.prelude !== undefined },
      interpreter.symbols,
    );
    return expr;
  }

  private presented(error: NixError): NixError {
    if (error.wording !== undefined) error.trace.length = error.wording.frames;
    if (this.prelude !== undefined && !this.options.plainErrors) return this.forUser(error);
    if (this.interpreter.hasNewMessages) return error;
    const shown = Object.assign(error.copy(), { cause: error });
    shown.trace.splice(0, shown.trace.length, ...error.trace.filter((frame) => !frame.isNew));
    return shown;
  }

  private forUser(error: NixError): NixError {
    this.suggestNames(error);
    const { positions } = this.interpreter;
    return this.options.settings.showTrace ? error : userError(error, positions, embeddedNixpkgs).error;
  }

  private suggestNames(error: NixError): void {
    if (error.kind !== "undefinedVariable") return;
    const source = this.interpreter.positions.sourceOf(error.pos);
    if (source === undefined) return;
    const found = namesInScope(
      parseSource(this.interpreter, source, "/", () => {}),
      error.pos,
    );
    if (found === undefined) return;
    const isEntry = this.isInEntry(error.pos);
    const candidates = new Set([
      ...found.bound,
      ...this.interpreter.globals.keys(),
      ...(isEntry ? this.preludeNames() : []),
    ]);
    error.suggest(suggestNames(candidates, found.name));
  }

  private isInEntry(pos: Pos): boolean {
    const origin = this.interpreter.positions.sourceOf(pos)?.origin;
    return origin !== undefined && this.entries.has(origin.kind === "file" ? origin.path : origin.kind);
  }

  private preludeNames(): readonly string[] {
    try {
      return (force(this.prelude!.names) as AttrSet).names;
    } catch {
      return [];
    }
  }
}
