// An evaluation put together: the host's files behind a store, the settings, the builtins, the package set that ocinix
// brings at the end of the search path, and the prelude. The command line and the library both start here.
import { builtinDefinitions, constantDefinitions } from "../builtins/registry.ts";
import { Evaluator } from "../evaluator/evaluator.ts";
import { readFile } from "../evaluator/file-access.ts";
import { resolveFile } from "../evaluator/import.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { canonicalPath, dirName } from "../evaluator/path.ts";
import { resolveNames } from "../evaluator/resolve.ts";
import { findFile } from "../evaluator/search-path.ts";
import type { SearchPathEntry, Settings } from "../evaluator/settings.ts";
import type { Host } from "../host/host.ts";
import type { Expr } from "../parser/ast.ts";
import { parseNix } from "../parser/parse.ts";
import { bytesFromBuffer } from "../source/bytes.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos, type Origin, type Source } from "../source/position.ts";
import { suggestNames } from "../source/suggestions.ts";
import { VirtualStore } from "../store/virtual-store.ts";
import type { AttrSet } from "../value/attr-set.ts";
import { force, Thunk } from "../value/thunk.ts";
import { NixPath, type Value } from "../value/value.ts";
import { embeddedNixpkgs, withEmbeddedNixpkgs } from "./embedded-nixpkgs.ts";
import { hostPackageBuiltin } from "./host-package-builtin.ts";
import { namesInScope } from "./names-in-scope.ts";
import { PhysicalStore } from "./physical-store.ts";
import { Prelude } from "./prelude.ts";

/** What ends every search path: `<nixpkgs>` is the package set of ocinix unless something before it says otherwise. */
export const embeddedSearchPath: readonly SearchPathEntry[] = [{ prefix: "nixpkgs", path: embeddedNixpkgs }];

export interface EvaluationOptions {
  readonly host: Host;
  readonly settings: Settings;
  /** The folder of the physical store, absolute; without one, everything in the store is virtual. */
  readonly storeDir: string | undefined;
  /** Whether entries may use the names of `pkgs`. */
  readonly prelude: boolean;
}

/** Where an entry text came from. */
export type TextOrigin = "string" | "stdin";

export class Evaluation {
  readonly host: Host;
  readonly store: VirtualStore;
  readonly physicalStore: PhysicalStore | undefined;
  readonly interpreter: Interpreter;
  readonly prelude: Prelude | undefined;
  private readonly evaluator: Evaluator;
  /** The origins of what was evaluated with the prelude in scope: kinds of texts, paths of files. */
  private readonly entries = new Set<string>();

  constructor({ host, settings, storeDir, prelude }: EvaluationOptions) {
    this.host = host;
    if (storeDir !== undefined) this.physicalStore = new PhysicalStore(host, storeDir);
    this.store = new VirtualStore({
      files: withEmbeddedNixpkgs(host.files),
      ...(this.physicalStore && { local: this.physicalStore }),
    });
    this.evaluator = new Evaluator({
      host,
      store: this.store,
      settings,
      builtins: builtinDefinitions,
      constants: constantDefinitions,
      embedded: { dir: embeddedNixpkgs, builtins: [hostPackageBuiltin] },
    });
    this.interpreter = this.evaluator.interpreter;
    this.interpreter.access?.allow(embeddedNixpkgs);
    if (prelude) this.prelude = new Prelude(this.interpreter);
  }

  /** The value of a text (a byte string), forced; paths in it start from the working folder. */
  evaluateText(text: string, kind: TextOrigin): Value {
    this.entries.add(kind);
    return this.evaluator.evaluateText(text, { kind }, this.host.workingDir, this.prelude?.names);
  }

  /** The same, evaluated when it is needed; faults that the text itself shows are thrown now. */
  delayText(text: string, kind: TextOrigin): Thunk {
    this.parseText(text, kind);
    return Thunk.of(() => this.evaluateText(text, kind), undefined);
  }

  /** The value of a file as it was named: relative, a folder, `<name>`. */
  evaluateFile(name: string): Value {
    const path = this.entryPath(name);
    return this.evaluator.evaluateFile(path, this.prelude?.names);
  }

  /** The tree of a text, checked for undefined variables. */
  parseText(text: string, kind: TextOrigin): Expr {
    return this.parse(text, { kind }, this.host.workingDir);
  }

  /** The tree of a file as it was named, checked for undefined variables. */
  parseFile(name: string): Expr {
    const path = resolveFile(this.interpreter, canonicalPath(this.locate(name)));
    const text = bytesFromBuffer(readFile(this.interpreter, new NixPath(path)));
    return this.parse(text, { kind: "file", path }, dirName(path));
  }

  /** Where `<name>` leads. */
  findFile(name: string): NixPath {
    return findFile(this.interpreter, this.interpreter.settings.nixPath, name, noPos);
  }

  /**
   * Runs what forces values. A full JavaScript stack is an error of the program then, and one about an undefined
   * variable comes with suggestions where there is a prelude: C++ Nix, which has neither, gives none.
   */
  run<T>(action: () => T): T {
    try {
      return this.evaluator.guarded(action);
    } catch (error) {
      if (this.prelude !== undefined && error instanceof NixError) this.suggestNames(error);
      throw error;
    }
  }

  /** Lets go of the physical store. */
  close(): void {
    this.physicalStore?.close();
  }

  private entryPath(name: string): string {
    const path = this.locate(name);
    if (this.prelude === undefined) return path;
    // In pure evaluation too: it was the user who named it.
    const file = resolveFile(this.interpreter, path);
    this.interpreter.access?.allow(file);
    this.entries.add(file);
    return path;
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
    const expr = this.parseSource(source, baseDir);
    const { globals } = interpreter;
    resolveNames(expr, { isGlobal: (name) => globals.has(name), scope: [], hasPrelude: this.prelude !== undefined });
    return expr;
  }

  private parseSource(source: Source, baseDir: string): Expr {
    const { settings } = this.interpreter;
    return parseNix(source, {
      baseDir,
      homeDir: settings.pureEval ? undefined : this.host.env("HOME"),
      features: settings.experimentalFeatures,
    });
  }

  private suggestNames(error: NixError): void {
    if (error.kind !== "undefinedVariable") return;
    const source = this.interpreter.positions.sourceOf(error.pos);
    if (source === undefined) return;
    const found = namesInScope(this.parseSource(source, "/"), error.pos);
    if (found === undefined) return;
    const { origin } = source;
    const isEntry = this.entries.has(origin.kind === "file" ? origin.path : origin.kind);
    const candidates = new Set([
      ...found.bound,
      ...this.interpreter.globals.keys(),
      ...(isEntry ? this.preludeNames() : []),
    ]);
    error.suggest(suggestNames(candidates, found.name));
  }

  private preludeNames(): readonly string[] {
    try {
      return (force(this.prelude!.names) as AttrSet).names;
    } catch {
      return [];
    }
  }
}
