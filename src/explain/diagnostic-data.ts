// A diagnostic as data for tools: the JSON of `--diagnostics json` and `EvaluationError.diagnostic`. Described in
// docs/errors.md; what is there is only ever added to.
import { textFromBytes } from "../source/bytes.ts";
import { placeInSource, showOrigin } from "../source/position.ts";
import type { CodeLabel, CodeRange, Diagnostic } from "./diagnostic.ts";
import type { DiagnosticCode } from "./diagnostic-code.ts";
import { withoutEscapes } from "./display-text.ts";

export interface PositionData {
  /** From 1. */
  readonly line: number;
  /** In bytes, from 1. */
  readonly column: number;
  /** In UTF-16 code units, from 1. */
  readonly utf16Column: number;
  /** In bytes from the beginning of the file, from 0. */
  readonly offset: number;
}

export interface RangeData {
  readonly start: PositionData;
  /** Past the end. */
  readonly end: PositionData;
}

/** A place in a file. */
export interface PlaceData {
  /** An absolute path, or `«string»`, `«stdin»` or `«nix-internal»/…` for other texts. */
  readonly file: string;
  readonly range: RangeData;
}

export interface LabelData extends PlaceData {
  readonly text: string;
}

export interface SuggestionData {
  readonly text: string;
  /** What to put in the place of a range; of the same file as the error unless it says another. */
  readonly replacement?: string;
  readonly file?: string;
  readonly range?: RangeData;
}

export interface FrameData {
  readonly message: string;
  readonly file: string | null;
  readonly range: RangeData | null;
  /** `lib`, `nixpkgs` or `derivation` for code that is not the user's; else null. */
  readonly library: string | null;
  /** How many times in a row the last `group` frames, of which this is the last, were there. */
  readonly repeats: number;
  readonly group: number;
}

export interface DiagnosticData {
  readonly severity: "error";
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly file: string | null;
  readonly range: RangeData | null;
  /** What there is to say about the range. */
  readonly label: string | null;
  readonly labels: readonly LabelData[];
  readonly notes: readonly string[];
  readonly suggestions: readonly SuggestionData[];
  /** Innermost first. */
  readonly trace: readonly FrameData[];
  readonly omittedFrames: number;
}

export function diagnosticData(diagnostic: Diagnostic): DiagnosticData {
  const { code, message, primary, labels, notes, suggestions, trace, omittedFrames } = diagnostic;
  return {
    severity: "error",
    code,
    message: plainText(message),
    ...placeData(primary?.range),
    label: primary === undefined || primary.text === "" ? null : plainText(primary.text),
    labels: labels.map(labelData),
    notes: notes.map(plainText),
    suggestions: suggestions.map(({ text, edit }) => ({
      text: plainText(text),
      ...(edit !== undefined && {
        replacement: textFromBytes(edit.replacement),
        file: fileOf(edit.range),
        range: rangeData(edit.range),
      }),
    })),
    trace: trace.map(({ message: frameMessage, range, library, repeats, group }) => ({
      message: plainText(frameMessage),
      ...placeData(range),
      library: library ?? null,
      repeats,
      group,
    })),
    omittedFrames,
  };
}

/** For an error that is not one of a program: nothing but what it is. */
export function plainDiagnostic(code: DiagnosticCode, message: string, suggestions: readonly string[]): Diagnostic {
  const advice = suggestions.map((name) => ({ text: `did you mean '${name}'?` }));
  return { code, message, primary: undefined, labels: [], notes: [], suggestions: advice, trace: [], omittedFrames: 0 };
}

function labelData({ range, text }: CodeLabel): LabelData {
  return { file: fileOf(range), range: rangeData(range), text: plainText(text) };
}

function placeData(range: CodeRange | undefined): { readonly file: string | null; readonly range: RangeData | null } {
  return range === undefined ? { file: null, range: null } : { file: fileOf(range), range: rangeData(range) };
}

function fileOf({ source }: CodeRange): string {
  return textFromBytes(showOrigin(source.origin));
}

function rangeData({ source, start, end }: CodeRange): RangeData {
  const position = (offset: number): PositionData => {
    const { line, column } = placeInSource(source, offset);
    const before = source.text.slice(offset - column + 1, offset);
    return { line, column, utf16Column: textFromBytes(before).length + 1, offset };
  };
  return { start: position(start), end: position(end) };
}

function plainText(bytes: string): string {
  return textFromBytes(withoutEscapes(bytes));
}
