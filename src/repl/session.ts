// The state of a session and what its commands are made of: evaluating what was typed, showing values, loading sets.
import type { Evaluation } from "../api/evaluation.ts";
import { type AutoArguments, autoCall } from "../evaluator/auto-call.ts";
import { determinePos } from "../evaluator/call.ts";
import { expectAttrs } from "../evaluator/expect.ts";
import { Interruption } from "../host/interrupt-watch.ts";
import { NixError } from "../source/nix-error.ts";
import { AttrSet } from "../value/attr-set.ts";
import { defaultPrintOptions, type PrintOptions, printAttrName, printValue } from "../value/print.ts";
import type { Lazy, Value } from "../value/value.ts";
import { SessionScope } from "./scope.ts";
import type { ReplTerminal } from "./terminal.ts";

/** Something whose attributes become names. Two with the same key are the same thing. */
export interface ReplSource {
  readonly key: string;
  /** What is being loaded, for the line that says so. */
  readonly title: string;
  /** The set, or a function that gives it; to be called in `Evaluation.run`. */
  readonly load: () => Lazy;
}

export interface SessionOptions {
  readonly evaluation: Evaluation;
  readonly terminal: ReplTerminal;
  /** Arguments for functions that are loaded. */
  readonly args: AutoArguments;
}

/** So many of the names that were added are listed. */
const listedNames = 20;

export class ReplSession {
  readonly evaluation: Evaluation;
  readonly terminal: ReplTerminal;
  readonly scope: SessionScope;
  /** Whether the user wants to leave. */
  hasQuit = false;
  private readonly args: AutoArguments;
  /** In the order of loading. */
  private sources: readonly ReplSource[] = [];
  private lastLoaded: AttrSet | undefined;
  /** What was printed of a value, and not flushed, before an error. */
  private unflushed = "";

  constructor({ evaluation, terminal, args }: SessionOptions) {
    this.evaluation = evaluation;
    this.terminal = terminal;
    this.scope = new SessionScope(evaluation);
    this.args = args;
  }

  /** Whether errors are shown with every frame. */
  get showTrace(): boolean {
    return this.evaluation.interpreter.showTrace;
  }

  set showTrace(showTrace: boolean) {
    this.evaluation.interpreter.showTrace = showTrace;
  }

  /** The value of an expression, forced. Throws IncompleteInput and NixError. */
  evaluate(text: string): Value {
    return this.evaluation.run(() => this.scope.evaluateText(text));
  }

  /**
   * A value as it is printed, down to a depth. Throws NixError when the value itself, or what decides its layout, fails:
   * what is there of the text by then is printed.
   */
  show(value: Value, maxDepth: number): string {
    const { interpreter } = this.evaluation;
    const options: PrintOptions = {
      ...defaultPrintOptions,
      force: true,
      derivationPaths: !this.isHostPackage(value),
      maxDepth,
      indent: 2,
      errors: "throwTopLevel",
      color: this.terminal.color,
      positionOf: determinePos,
      calls: interpreter,
      onError: (error) => error.word(this.showTrace),
      onFailure: (flushed, rest) => {
        this.terminal.print(flushed);
        this.unflushed = rest;
      },
    };
    const { positions, settings } = interpreter;
    return this.evaluation.run(() => printValue(value, positions, options, settings.maxCallDepth));
  }

  /** Whether it is one of the packages that say they are derivations and, made of files of the machine, have none. */
  isHostPackage(value: Value): boolean {
    if (!(value instanceof AttrSet)) return false;
    const pos = value.positionOf("drvPath");
    const isEmbedded = this.evaluation.interpreter.positions.sourceOf(pos)?.origin.kind === "file";
    return isEmbedded && !this.evaluation.isUserPlace(pos);
  }

  /** Adds what a source has and remembers it, unless it fails. */
  load(source: ReplSource): void {
    this.addAttributes(this.evaluation.run(() => autoCall(this.evaluation.interpreter, source.load(), this.args)));
    this.remember(source);
  }

  /** The same for a source to come back to, should it fail. */
  tryLoad(source: ReplSource): void {
    this.terminal.notice(`Loading ${source.title}...`);
    try {
      this.load(source);
    } catch (error) {
      this.remember(source);
      if (error instanceof Interruption) throw error;
      this.report(error);
    }
  }

  /** A file as it is named, with the frame that `import` gives its errors. */
  fileSource(path: string): ReplSource {
    return { key: `file ${path}`, title: `"${path}"`, load: () => this.evaluation.importEntry(path) };
  }

  private remember(source: ReplSource): void {
    this.sources = [...this.sources.filter(({ key }) => key !== source.key), source];
  }

  /** Forgets all names and loads every source again, from files as they are now. */
  reload(): void {
    this.scope.clear();
    this.forgetFiles();
    for (const source of this.sources) this.tryLoad(source);
  }

  /** Makes files be read again that were read before. */
  forgetFiles(): void {
    const { importedFiles, copiedPaths, searchPathRoots, resolvedFolders } = this.evaluation.interpreter;
    for (const cache of [importedFiles, copiedPaths, searchPathRoots, resolvedFolders]) cache.clear();
  }

  /** Gives names to the attributes of a set, and says so. */
  addAttributes(value: Value): void {
    const purpose = "while evaluating an attribute set to be merged in the global scope";
    const set = expectAttrs(this.evaluation.interpreter, value, determinePos(value), purpose);
    this.scope.add(set);
    this.lastLoaded = set;
    const { terminal } = this;
    terminal.notice(`Added ${set.size} variables.`);
    terminal.notice(set.names.slice(0, listedNames).map(printAttrName).join(", "));
    if (set.size > listedNames) terminal.notice(`... and ${set.size - listedNames} more; view with :ll`);
  }

  /** The names that were added last, in the order in which they first appeared. Throws NixError where there are none. */
  namesLoadedLast(): readonly string[] {
    if (this.lastLoaded === undefined) throw new NixError("usage", "nothing has been loaded yet");
    const { names, shape } = this.lastLoaded;
    return shape.orderIn(this.evaluation.interpreter.symbols).map((index) => names[index] as string);
  }

  report(error: unknown): void {
    let { showTrace } = this;
    if (error instanceof NixError) {
      this.suggest(error);
      ({ showTrace } = error.word(showTrace));
    }
    this.terminal.reportError(error, { showTrace });
  }

  /** What follows an input and all that it led to. */
  endOutput(): void {
    this.terminal.print(`${this.unflushed}\n`);
    this.unflushed = "";
  }

  private suggest(error: NixError): void {
    try {
      this.scope.suggest(error);
    } catch {
      // What goes wrong with the names of the prelude, or takes too long, is no reason not to report the error.
    }
  }
}
