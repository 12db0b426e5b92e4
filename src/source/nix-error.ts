// The one error type for faults of the evaluated program. It carries a kind, so that `tryEval` and exit codes are
// decided in one table; what a person reads is rendered elsewhere. Store, network and runtime faults are not these.
import { noPos, type Pos } from "./position.ts";

export type NixErrorKind =
  | "throw"
  | "assert"
  | "abort"
  | "type"
  | "eval"
  | "undefinedVariable"
  | "missingArgument"
  | "missingAttribute"
  | "infiniteRecursion"
  | "stackOverflow"
  | "syntax"
  | "restricted"
  | "missingFeature"
  | "file"
  | "store"
  /** What was fetched has another hash than the program says. */
  | "hashMismatch"
  | "unsupported"
  /** A word that Nix takes for a mistake on the command line; it ends with a hint to `--help`. */
  | "usage";

/** The kinds that `builtins.tryEval` turns into `{ success = false; }`. A failed `<lookup>` is a `throw`. */
export const catchableKinds: ReadonlySet<NixErrorKind> = new Set<NixErrorKind>(["throw", "assert"]);

/** One line of a trace: what was being done, and where. `always` frames survive truncation (addErrorContext). */
export interface TraceFrame {
  readonly message: string;
  readonly pos: Pos;
  readonly always?: boolean;
  /** Frames of function calls are printed only with --show-trace. */
  readonly callOnly?: boolean;
  /** C++ Nix 2.36 has the frame, 2.34 does not, and it was added where the version is not known. */
  readonly isNew?: boolean;
  /** Not a frame of C++ Nix: never printed as one, but used where an error would name no place of the user's own. */
  readonly hint?: boolean;
}

/** How an error was shown: with so many of its frames, or with only some of those. */
export interface Wording {
  readonly frames: number;
  readonly showTrace: boolean;
}

/** A fault of the program. `message` and trace messages are byte strings (see source/bytes.ts). */
export class NixError extends Error {
  readonly kind: NixErrorKind;
  pos: Pos;
  /** Innermost frame first; frames are appended while the error travels outwards. */
  readonly trace: TraceFrame[] = [];
  /** Names for "Did you mean …?", best first. */
  suggestions: readonly string[] = [];
  /** Set once it is shown in a session that goes on: C++ Nix words an error once, and its copies keep the words. */
  wording: Wording | undefined;
  /** What it is about, for explanations: the value that was wrong, or what else explain/ looks for in such an error. */
  subject: unknown;

  constructor(kind: NixErrorKind, message: string, pos: Pos = noPos) {
    // A JavaScript stack would cost more than everything else that throwing does.
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = limit;
    this.name = "NixError";
    this.kind = kind;
    this.pos = pos;
  }

  addTrace(message: string, pos: Pos, options?: Omit<TraceFrame, "message" | "pos">): this {
    this.trace.push({ message, pos, ...options });
    return this;
  }

  suggest(names: readonly string[]): this {
    this.suggestions = names;
    return this;
  }

  about(subject: unknown): this {
    this.subject = subject;
    return this;
  }

  /** Says how it, or what it is a version of for a person, is shown from now on, and all copies of that. */
  word(showTrace: boolean): Wording {
    const whole = this.cause instanceof NixError ? this.cause : this;
    whole.wording ??= { frames: whole.trace.length, showTrace };
    return whole.wording;
  }

  /** A copy that can travel and gather frames of its own. */
  copy(): NixError {
    return this.copyInto(new NixError(this.kind, this.message, this.pos));
  }

  protected copyInto<E extends NixError>(error: E): E {
    error.pos = this.pos;
    error.suggestions = this.suggestions;
    error.subject = this.subject;
    error.wording = this.wording;
    error.trace.push(...this.trace);
    return error;
  }
}

/** An error that C++ Nix throws past everything that says where it happened. */
export class UntracedError extends NixError {
  override addTrace(): this {
    return this;
  }

  override copy(): UntracedError {
    return this.copyInto(new UntracedError(this.kind, this.message, this.pos));
  }
}
