// A diagnostic for a person: the message, the code with what is to be said about it, advice, and the way there.
import { bytesFromText } from "../source/bytes.ts";
import { placeInSource, type Source, showOrigin } from "../source/position.ts";
import { lastLineOf, lineStarts, type MarkedLabel, renderFrame } from "./code-frame.ts";
import type { CodeRange, Diagnostic, DiagnosticFrame, Suggestion } from "./diagnostic.ts";
import { DisplayLine, displayText, wrapText } from "./display-text.ts";
import { paint, type Style } from "./styled-row.ts";

export interface ReportTextOptions {
  readonly color: boolean;
  /** In columns. */
  readonly width: number;
  /** Show every frame of the trace. */
  readonly showTrace: boolean;
  /** Files below it are named relative to it (a byte string). */
  readonly workingDir: string;
}

/** Frames of the user's own code that are shown without --show-trace. */
const shownFrames = 6;
const narrowest = 40;

/** The report as a byte string of complete lines. */
export function renderDiagnostic(diagnostic: Diagnostic, options: ReportTextOptions): string {
  return new Report(diagnostic, options).render();
}

class Report {
  private readonly diagnostic: Diagnostic;
  private readonly options: ReportTextOptions;
  private readonly width: number;
  private readonly numberWidth: number;
  private readonly rows: string[] = [];

  constructor(diagnostic: Diagnostic, options: ReportTextOptions) {
    this.diagnostic = diagnostic;
    this.options = options;
    this.width = Math.max(narrowest, options.width);
    const edits = diagnostic.suggestions.flatMap(({ edit }) =>
      edit === undefined ? [] : [{ range: edit.range, text: "" }],
    );
    const all = [...this.marked(), ...edits];
    const lines = all.map((label) => lastLineOf(label.range.source.text, [label]));
    this.numberWidth = String(Math.max(1, ...lines)).length + 1;
  }

  render(): string {
    const { code, message, notes, suggestions } = this.diagnostic;
    const [first = "", ...rest] = displayText(message).split("\n");
    this.rows.push(`${this.paint(`error[${code}]`, "primary")}${this.paint(`: ${first}`, "strong")}`);
    for (const line of rest) this.rows.push(this.paint(line, "strong"));
    this.code();
    for (const note of notes) this.remark("note", note);
    for (const suggestion of suggestions) this.suggestion(suggestion);
    this.trace();
    return bytesFromText(`${this.rows.join("\n")}\n`);
  }

  private paint(text: string, style: Style): string {
    return paint(text, style, this.options.color);
  }

  private gutter(sign: string): string {
    return this.paint(`${" ".repeat(this.numberWidth)} ${sign}`, "gutter");
  }

  private marked(): MarkedLabel[] {
    const { primary, labels } = this.diagnostic;
    const marked = labels.map((label): MarkedLabel => ({ ...label, isPrimary: false }));
    return primary === undefined ? marked : [{ ...primary, isPrimary: true }, ...marked];
  }

  /** A frame for each source, that of the error first. */
  private code(): void {
    const bySource = new Map<Source, MarkedLabel[]>();
    for (const label of this.marked()) {
      const others = bySource.get(label.range.source);
      if (others === undefined) bySource.set(label.range.source, [label]);
      else others.push(label);
    }
    for (const [index, [source, labels]] of [...bySource].entries()) {
      const arrow = this.paint(`${" ".repeat(this.numberWidth)}${index === 0 ? "-->" : ":::"}`, "gutter");
      this.rows.push(`${arrow} ${this.placeOf(labels[0]!.range)}`, this.gutter("|"));
      const { color } = this.options;
      this.rows.push(...renderFrame(source.text, labels, { color, width: this.width, numberWidth: this.numberWidth }));
      this.rows.push(this.gutter("|"));
    }
    if (bySource.size > 0) this.rows.pop();
  }

  private placeOf({ source, start }: CodeRange): string {
    const { line, column } = placeInSource(source, start);
    return `${this.nameOf(source)}:${line}:${column}`;
  }

  private nameOf({ origin }: Source): string {
    const { workingDir } = this.options;
    const name = showOrigin(origin);
    const isBelow = origin.kind === "file" && workingDir !== "/" && name.startsWith(`${workingDir}/`);
    return displayText(isBelow ? name.slice(workingDir.length + 1) : name);
  }

  private remark(kind: "note" | "help", text: string): void {
    if (this.rows.at(-1) !== this.gutter("|") && this.diagnostic.primary !== undefined)
      this.rows.push(this.gutter("|"));
    const indent = this.numberWidth + 3 + kind.length + 2;
    const [first = "", ...rest] = wrapText(displayText(text), this.width - indent);
    const heading = this.paint(kind, kind === "help" ? "help" : "strong");
    this.rows.push(`${this.gutter("=")} ${heading}: ${first}`);
    for (const line of rest) this.rows.push(" ".repeat(indent) + line);
  }

  private suggestion({ text, edit }: Suggestion): void {
    if (edit === undefined) {
      this.remark("help", text);
      return;
    }
    const shown = this.editedLine(edit.range, edit.replacement);
    if (shown === undefined) {
      const replacement = edit.replacement.trim();
      const isShort = replacement !== "" && replacement.length <= 60 && !replacement.includes("\n");
      this.remark("help", isShort ? `${text}: \`${replacement}\`` : text);
      return;
    }
    this.remark("help", text);
    this.rows.push(...shown);
  }

  /** The line with the change in it; undefined when that is not about one line. */
  private editedLine({ source, start, end }: CodeRange, replacement: string): string[] | undefined {
    const isNewLine = start === end && /^\n[^\r\n]+$/.test(replacement);
    if ((/[\r\n]/.test(replacement) && !isNewLine) || /[\r\n]/.test(source.text.slice(start, end))) return undefined;
    const starts = lineStarts(source.text);
    const line = starts.findLastIndex((lineStart) => lineStart <= start);
    const lineStart = starts[line]!;
    const rest = source.text.slice(lineStart);
    const code = rest.slice(0, rest.search(/[\r\n]|$/));
    if (isNewLine) {
      const number = this.paint(`${String(line + 1).padStart(this.numberWidth)} |`, "gutter");
      const plus = this.paint(`${" ".repeat(this.numberWidth)} +`, "added");
      const added = this.paint(new DisplayLine(replacement.slice(1)).text, "added");
      return [`${number} ${new DisplayLine(code).text}`.trimEnd(), `${plus} ${added}`];
    }
    const [from, to] = [start - lineStart, end - lineStart];
    const edited = `${code.slice(0, from)}${replacement}${code.slice(to)}`;
    const isRemoval = replacement.trim() === "";
    const shown = new DisplayLine(isRemoval ? code : edited);
    if (shown.width + this.numberWidth + 3 > this.width) return undefined;
    const markEnd = isRemoval ? to : from + replacement.length;
    const column = shown.columnOf(from);
    const mark = (isRemoval ? "-" : start === end ? "+" : "~").repeat(Math.max(1, shown.columnOf(markEnd) - column));
    const number = this.paint(`${String(line + 1).padStart(this.numberWidth)} |`, "gutter");
    const style = isRemoval ? "primary" : "added";
    return [`${number} ${shown.text}`.trimEnd(), `${this.gutter("|")} ${" ".repeat(column)}${this.paint(mark, style)}`];
  }

  /** Innermost first. Frames of libraries and those beyond the first few are only counted. */
  private trace(): void {
    const { trace, omittedFrames } = this.diagnostic;
    const entries = this.options.showTrace ? entriesOf(trace) : foldLibraries(this.beyondPrimary(entriesOf(trace)));
    if (entries.length === 0) return;
    this.rows.push("", this.paint("trace, innermost first:", "strong"));
    let shown = 0;
    let hidden = omittedFrames;
    for (const entry of entries) {
      if (!this.options.showTrace && shown >= shownFrames) {
        hidden += entry.count;
        continue;
      }
      shown++;
      this.entry(entry);
    }
    const advice = this.options.showTrace ? "" : " (--show-trace shows all)";
    if (hidden > 0) this.rows.push(`  ${this.paint(`... ${plural(hidden, "more frame")}${advice}`, "dim")}`);
  }

  /** Without the frames that say about the marked code what its label says. */
  private beyondPrimary(entries: readonly TraceEntry[]): TraceEntry[] {
    const primary = this.diagnostic.primary?.range;
    const isAtPrimary = ({ range, library, message = "" }: TraceEntry): boolean => {
      if (range === undefined)
        return library === undefined && /^(?:while evaluating (?:an?|one|the) |in (?:an?|the) )/.test(message);
      if (range.source !== primary?.source) return false;
      // The frame of an interpolation is at its `${`.
      return range.start === primary.start || (range.start < primary.start && primary.end === range.end - 1);
    };
    const first = entries.findIndex((entry) => !isAtPrimary(entry));
    const rest = first < 0 ? [] : entries.slice(first);
    return rest.filter(
      ({ message, range }) =>
        message !== "entering the infinite recursion" && (message !== "from call site" || range !== undefined),
    );
  }

  private entry({ message, range, library, count, repeats, group }: TraceEntry): void {
    if (message === undefined) {
      this.rows.push(`  ${this.paint(`... ${plural(count, "frame")} in ${library}`, "dim")}`);
      return;
    }
    const [first = "", ...rest] = wrapText(displayText(message), this.width - 4);
    this.rows.push(`  - ${first}`, ...rest.map((line) => `    ${line}`));
    if (range !== undefined) {
      const place = this.placeOf(range);
      const code = this.excerpt(range, this.width - 8 - place.length);
      this.rows.push(`    ${this.paint(place, "gutter")}${code === "" ? "" : `  ${this.paint(code, "dim")}`}`);
    }
    if (repeats > 1) {
      const what = group <= 2 ? "again" : `with the frames before it (${group} in all) again`;
      this.rows.push(`    ${this.paint(`${what}, ${plural(repeats - 1, "more time")}`, "dim")}`);
    }
  }

  /** The code of a frame, on one line. */
  private excerpt({ source, start }: CodeRange, width: number): string {
    const rest = source.text.slice(start, start + 300);
    const line = new DisplayLine(rest.slice(0, rest.search(/[\r\n]|$/)).trimEnd());
    if (width < 12) return "";
    return line.width <= width ? line.text : `${line.slice(0, width - 1)}\u2026`;
  }
}

/** One or more frames of a trace, told together. */
interface TraceEntry {
  /** Undefined for frames of a library. */
  readonly message: string | undefined;
  readonly range: CodeRange | undefined;
  readonly library: string | undefined;
  readonly count: number;
  readonly repeats: number;
  readonly group: number;
}

/** A call is told once: what is called, and where. */
function entriesOf(frames: readonly DiagnosticFrame[]): TraceEntry[] {
  const entries: TraceEntry[] = [];
  for (let i = 0; i < frames.length; i++) {
    const frame = frames[i] as DiagnosticFrame;
    const next = frames[i + 1];
    const isCall =
      /^while calling (?!the ')/.test(frame.message) && frame.repeats === 1 && next?.message === "from call site";
    if (isCall && next !== undefined) {
      entries.push({ ...next, message: frame.message, count: 2 * next.repeats });
      i++;
    } else entries.push({ ...frame, count: frame.group * frame.repeats });
  }
  return entries;
}

function foldLibraries(entries: readonly TraceEntry[]): TraceEntry[] {
  const folded: TraceEntry[] = [];
  for (const entry of entries) {
    const last = folded.at(-1);
    if (entry.library === undefined) folded.push(entry);
    else if (last !== undefined && last.message === undefined && last.library === entry.library) {
      folded[folded.length - 1] = { ...last, count: last.count + entry.count };
    } else {
      const { library, count } = entry;
      folded.push({ message: undefined, range: undefined, library, count, repeats: 1, group: 1 });
    }
  }
  return folded;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
