// The state that everything in one evaluation shares. It knows no syntax and calls nothing; the modules around it do.
import type { Host, ReadableFiles } from "../host/host.ts";
import { normal } from "../source/ansi-colors.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos, PositionTable } from "../source/position.ts";
import { SymbolTable } from "../source/symbol-table.ts";
import type { EvalStore } from "../store/eval-store.ts";
import { AttrSet, type NameList } from "../value/attr-set.ts";
import { describeType, errorPrintOptions, printValue } from "../value/print.ts";
import { force, type Thunk } from "../value/thunk.ts";
import type { Lazy } from "../value/value.ts";
import { AccessControl, GuardedFiles } from "./access-control.ts";
import { MemoryGuard } from "./memory-guard.ts";
import { predefinedSymbols } from "./predefined-symbols.ts";
import type { Settings } from "./settings.ts";
import type { Signature, TreeCache } from "./tree-cache.ts";

/** Calls between the depth at which an argument is computed and the limit that its computation would have met. */
const eagerMargin = 1000;

/** Different lengths of lists that are remembered. */
const mostRecentNames = 100;

export class Interpreter {
  readonly host: Host;
  readonly store: EvalStore;
  readonly settings: Settings;
  /** What the program may read: the store's files, guarded where the settings say so. */
  readonly files: ReadableFiles;
  /** Undefined where everything may be read. */
  readonly access: AccessControl | undefined;
  readonly positions = new PositionTable();
  readonly symbols = new SymbolTable(predefinedSymbols);
  readonly memory: MemoryGuard;
  /** Nested calls at the moment. Whoever catches an error and goes on must put back the depth it found. */
  callDepth = 0;
  /** Paths that were copied to the store already, by source path. */
  readonly copiedPaths = new Map<string, string>();
  /** Paths that the search path names, and whether they are there. */
  readonly searchPathRoots = new Map<string, boolean>();
  /** Folders and where their symlinks lead. */
  readonly resolvedFolders = new Map<string, string>();
  /** Whether the store stays as it is. Store paths that a program names need not be valid then. */
  isReadOnly = true;
  /** Builds one output of a derivation for an import from derivation, where the caller of the evaluation can. */
  buildOutput: ((drvPath: string, output: string) => void) | undefined;
  /** The names every program can use. */
  globals: ReadonlyMap<string, Lazy> = new Map();
  /** Names that only the files below one folder see: those of the package set that ocinix brings. */
  embedded: { readonly dir: string; readonly globals: ReadonlyMap<string, Lazy> } | undefined;
  /** Trees of files that other processes parsed. */
  treeCache: TreeCache | undefined;
  /** For the tree cache, by the names that a file has besides the globals. */
  readonly signatures = new Map<ReadonlyMap<string, Lazy> | undefined, Signature>();
  /** Lists of names that sets were made of, the last one of each length: many are made of the same names. */
  readonly recentNames = new Map<number, NameList>();
  /** Files that were imported, by the path that symlinks and default.nix lead to. */
  readonly importedFiles = new Map<string, Thunk>();
  /** Calls that are nested deeper ask `checkDepth`: all of them (-1) while an evaluation can be interrupted or is traced. */
  maxCallDepth: number;
  /** Up to so many nested calls, there is nothing to be done for a call but to run it. */
  plainCallDepth: number;
  /** Up to so many, arguments may be computed before the call: whether that is one call less cannot be noticed. */
  eagerCallDepth: number;
  /** Throws where an evaluation has to stop; see `allowInterrupts`. */
  private checkInterrupt: (() => void) | undefined;
  private gathersCalls: boolean;
  /** Whether messages are those of C++ Nix 2.36, which names operands and definitions, and not of 2.34. */
  readonly hasNewMessages: boolean;

  constructor(host: Host, store: EvalStore, settings: Settings) {
    this.host = host;
    this.store = store;
    this.settings = settings;
    this.memory = new MemoryGuard(host.memory);
    if (settings.pureEval || settings.restrictEval) this.access = new AccessControl(settings, host.workingDir);
    this.files = this.access === undefined ? store.files : new GuardedFiles(store.files, this.access);
    this.maxCallDepth = settings.traceFunctionCalls ? -1 : settings.maxCallDepth;
    this.gathersCalls = settings.showTrace;
    this.plainCallDepth = this.gathersCalls ? -1 : this.maxCallDepth;
    this.eagerCallDepth = this.plainCallDepth - eagerMargin;
    this.hasNewMessages = settings.messageVersion === "2.36";
    // An earlier evaluation may have left the place of a set there.
    AttrSet.empty.pos = noPos;
  }

  /** Whether frames of function calls are gathered for error messages. */
  get showTrace(): boolean {
    return this.gathersCalls;
  }

  set showTrace(showTrace: boolean) {
    this.gathersCalls = showTrace;
    this.plainCallDepth = showTrace ? -1 : this.maxCallDepth;
    this.eagerCallDepth = this.plainCallDepth - eagerMargin;
  }

  rememberNames(list: NameList): void {
    if (this.recentNames.size >= mostRecentNames) this.recentNames.clear();
    this.recentNames.set(list.names.length, list);
  }

  /** Counts one more nested call; the caller subtracts it again when it returns normally. */
  enterCall(pos: Pos): void {
    if (this.callDepth > this.maxCallDepth) this.checkDepth(pos);
    this.callDepth++;
  }

  /** What a call does that is nested deeper than `maxCallDepth`. Gives whether it is to be traced. */
  checkDepth(pos: Pos): boolean {
    this.checkInterrupt?.();
    if (this.callDepth > this.settings.maxCallDepth) {
      throw new NixError("stackOverflow", "stack overflow; max-call-depth exceeded", pos);
    }
    return this.settings.traceFunctionCalls;
  }

  /**
   * From now on, every call asks whether to go on: `check` throws an error that is no NixError, which leaves what was
   * being evaluated as it was before. Without this, calls pay nothing for it.
   */
  allowInterrupts(check: () => void): void {
    this.checkInterrupt = check;
    this.maxCallDepth = -1;
    this.plainCallDepth = -1;
    this.eagerCallDepth = -1;
  }

  /** `an integer: 1`, for messages, of a value that is there. */
  describe(lazy: Lazy): string {
    return `${describeType(force(lazy))}: ${this.show(lazy)}`;
  }

  /** The value as messages show it: bounded, nothing forced. */
  show(value: Lazy): string {
    const shown = printValue(value, this.positions, errorPrintOptions);
    // C++ Nix colours it, and so a line end that a path has is not the end of the message.
    return /\s$/.test(shown) ? `${shown}${normal}` : shown;
  }

  /** Whether the experimental feature is on; throws Nix's message when it is not. */
  requireFeature(feature: string, pos?: Pos): void {
    if (this.settings.experimentalFeatures.has(feature)) return;
    throw new NixError(
      "missingFeature",
      `experimental Nix feature '${feature}' is disabled; add '--extra-experimental-features ${feature}' to enable it`,
      pos,
    );
  }
}
