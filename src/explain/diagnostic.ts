// An error with everything that can be said about it: what both reports show (report-text.ts, report-data.ts). Texts are
// byte strings.
import type { Source } from "../source/position.ts";
import type { DiagnosticCode } from "./diagnostic-code.ts";

/** A piece of a source text. */
export interface CodeRange {
  readonly source: Source;
  /** Byte offsets of the first byte, and past the last. */
  readonly start: number;
  readonly end: number;
}

export interface CodeLabel {
  readonly range: CodeRange;
  readonly text: string;
}

/** What could be done about it; with a range, by putting the replacement there. */
export interface Suggestion {
  readonly text: string;
  readonly edit?: { readonly range: CodeRange; readonly replacement: string };
}

export interface DiagnosticFrame {
  readonly message: string;
  readonly range: CodeRange | undefined;
  /** What the code belongs to, when it is not the user's: `lib`, `nixpkgs`, `derivation`. */
  readonly library: string | undefined;
  /** How many times in a row this and the frames of `group` before it were there. */
  readonly repeats: number;
  /** Of frames that repeat: how many of them, this one being the outermost, are the repeated group. */
  readonly group: number;
}

export interface Diagnostic {
  readonly code: DiagnosticCode;
  /** The plain message, nothing added. */
  readonly message: string;
  /** Where the mistake is, as far as that can be told; not always the position that C++ Nix names. */
  readonly primary: CodeLabel | undefined;
  readonly labels: readonly CodeLabel[];
  readonly notes: readonly string[];
  readonly suggestions: readonly Suggestion[];
  /** Innermost first. */
  readonly trace: readonly DiagnosticFrame[];
  /** How many of the outermost frames the trace leaves out. */
  readonly omittedFrames: number;
}

/** What a rule found out. */
export interface Explanation {
  readonly primary?: CodeLabel | undefined;
  readonly labels?: readonly CodeLabel[];
  readonly notes?: readonly string[];
  readonly suggestions?: readonly Suggestion[];
}
