// Code with marked ranges and words beside them. A range within one line is underlined, one over several is drawn along
// their left side. Lines that are too wide are cut around what is marked in them.
import type { CodeLabel } from "./diagnostic.ts";
import { DisplayLine, displayText, wrapText } from "./display-text.ts";
import { paint, type Style, StyledRow } from "./styled-row.ts";

export interface MarkedLabel extends CodeLabel {
  readonly isPrimary: boolean;
}

export interface FrameOptions {
  readonly color: boolean;
  /** Of the whole row. */
  readonly width: number;
  /** Of the line numbers. */
  readonly numberWidth: number;
}

/** Longer ranges are shown by their first and last lines. */
const mostLines = 6;
const elided = "\u2026";

/** The offsets at which the lines of a text begin; `\n`, `\r\n` and a lone `\r` end a line. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n|\r|\n/g)) starts.push(index + end.length);
  return starts;
}

interface Span {
  readonly label: MarkedLabel;
  /** Counted from 0; the columns are bytes in the line. */
  readonly firstLine: number;
  readonly firstByte: number;
  readonly lastLine: number;
  readonly lastByte: number;
}

interface Lane {
  readonly span: Span;
  readonly lane: number;
}

/** The rows for the labels of one source. */
export function renderFrame(text: string, labels: readonly MarkedLabel[], options: FrameOptions): string[] {
  return new CodeFrame(text, labels, options).render();
}

/** The number of the last line that a frame would show, from 1. */
export function lastLineOf(text: string, labels: readonly CodeLabel[]): number {
  const starts = lineStarts(text);
  return Math.max(1, ...labels.map(({ range }) => lineAt(starts, Math.max(range.start, range.end - 1)) + 1));
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (starts[middle]! <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

class CodeFrame {
  private readonly text: string;
  private readonly options: FrameOptions;
  private readonly starts: readonly number[];
  private readonly spans: readonly Span[];
  private readonly lanes: readonly Lane[];
  private readonly laneCount: number;
  /** Ranges over several lines that have begun and not ended where the rendering is. */
  private readonly active = new Set<Lane>();
  /** Columns for code and marks. */
  private readonly codeWidth: number;

  constructor(text: string, labels: readonly MarkedLabel[], options: FrameOptions) {
    this.text = text;
    this.options = options;
    this.starts = lineStarts(text);
    this.spans = labels.map((label) => this.spanOf(label));
    this.lanes = this.assignLanes();
    this.laneCount = Math.max(0, ...this.lanes.map(({ lane }) => lane + 1));
    this.codeWidth = Math.max(20, options.width - options.numberWidth - 3 - 2 * this.laneCount);
  }

  private spanOf(label: MarkedLabel): Span {
    const { start, end } = label.range;
    const firstLine = lineAt(this.starts, start);
    const lastLine = lineAt(this.starts, Math.max(start, end - 1));
    const lastByte = Math.max(
      end - this.starts[lastLine]!,
      firstLine === lastLine ? start - this.starts[firstLine]! + 1 : 1,
    );
    return { label, firstLine, firstByte: start - this.starts[firstLine]!, lastLine, lastByte };
  }

  private assignLanes(): Lane[] {
    const several = this.spans
      .filter(({ firstLine, lastLine }) => firstLine !== lastLine)
      .toSorted((a, b) => a.firstLine - b.firstLine || b.lastLine - a.lastLine);
    const lanes: Lane[] = [];
    for (const span of several) {
      const taken = lanes.filter((other) => other.span.lastLine >= span.firstLine).map(({ lane }) => lane);
      let lane = 0;
      while (taken.includes(lane)) lane++;
      lanes.push({ span, lane });
    }
    return lanes;
  }

  render(): string[] {
    const rows: string[] = [];
    let previous: number | undefined;
    for (const line of this.shownLines()) {
      if (previous !== undefined && line > previous + 1) rows.push(this.gapRow());
      rows.push(...this.renderLine(line));
      previous = line;
    }
    return rows;
  }

  /** In order; a single line between two that are shown is shown too. */
  private shownLines(): number[] {
    const shown = new Set<number>();
    for (const { firstLine, lastLine } of this.spans) {
      const isLong = lastLine - firstLine >= mostLines;
      for (let line = firstLine; line <= lastLine; line++) {
        if (!isLong || line < firstLine + 2 || line > lastLine - 2) shown.add(line);
      }
    }
    for (const line of [...shown]) if (shown.has(line + 2)) shown.add(line + 1);
    return [...shown].sort((a, b) => a - b);
  }

  private prefix(number: string): string {
    const { color, numberWidth } = this.options;
    return paint(`${number.padStart(numberWidth)} |`, "gutter", color);
  }

  private row(row: StyledRow, number = ""): string {
    const text = row.render(this.options.color);
    return text === "" ? this.prefix(number) : `${this.prefix(number)} ${text}`;
  }

  private gapRow(): string {
    const { color, numberWidth } = this.options;
    const lanes = this.besideLanes().render(color);
    const dots = paint("...".padStart(numberWidth + 1), "gutter", color);
    return lanes === "" ? dots : `${dots} ${lanes}`;
  }

  private renderLine(line: number): string[] {
    const lineEnd = this.text.slice(this.starts[line]).search(/[\r\n]|$/);
    const code = new DisplayLine(this.text.slice(this.starts[line], this.starts[line]! + lineEnd));
    const single = this.spans.filter(({ firstLine, lastLine }) => firstLine === line && lastLine === line);
    const view = new View(code, single, this.codeWidth);
    const firstInk = code.text.search(/\S|$/);
    const beginning = this.lanes.filter(({ span }) => span.firstLine === line);
    const isAtInk = ({ span }: Lane): boolean => code.columnOf(span.firstByte) <= firstInk;
    const codeRow = this.besideLanes();
    for (const lane of beginning.filter(isAtInk)) {
      codeRow.put(2 * lane.lane, "/", styleOf(lane.span));
      this.active.add(lane);
    }
    codeRow.put(2 * this.laneCount, view.text, "plain");
    const rows = [codeRow, ...this.marks(single, view)];
    for (const lane of beginning.filter((candidate) => !isAtInk(candidate))) {
      rows.push(this.laneStart(lane, view.columnOf(code.columnOf(lane.span.firstByte))));
      this.active.add(lane);
    }
    for (const lane of this.lanes.filter(({ span }) => span.lastLine === line)) {
      this.active.delete(lane);
      rows.push(...this.laneEnd(lane, view.columnOf(Math.max(0, code.columnOf(lane.span.lastByte) - 1))));
    }
    return rows.map((row, index) => this.row(row, index === 0 ? String(line + 1) : ""));
  }

  /** `____^` below the line where a range begins. */
  private laneStart({ span, lane }: Lane, codeColumn: number): StyledRow {
    const column = 2 * this.laneCount + codeColumn;
    const style = styleOf(span);
    return this.besideLanes()
      .put(2 * lane + 1, "_".repeat(column - 2 * lane - 1), style)
      .put(column, markOf(span), style);
  }

  /** `|____^ words` below the line where it ends. */
  private laneEnd({ span, lane }: Lane, codeColumn: number): StyledRow[] {
    const base = 2 * this.laneCount;
    const column = base + codeColumn;
    const style = styleOf(span);
    const words = wrapText(displayText(span.label.text), Math.max(20, this.codeWidth + base - column - 2));
    return words.map((text, index) => {
      const row = this.besideLanes();
      if (index === 0) {
        row.put(2 * lane, `|${"_".repeat(column - 2 * lane - 1)}`, style).put(column, markOf(span), style);
      }
      return row.put(column + 2, text, style);
    });
  }

  /** An empty row beside the ranges that go on here. */
  private besideLanes(): StyledRow {
    const row = new StyledRow();
    for (const { span, lane } of this.active) row.put(2 * lane, "|", styleOf(span));
    return row;
  }

  /** Underlines, and the words of each: those of the last one beside it, the others below, hanging on lines. */
  private marks(spans: readonly Span[], view: View): StyledRow[] {
    if (spans.length === 0) return [];
    const base = 2 * this.laneCount;
    const inOrder = spans.toSorted((a, b) => view.startOf(a) - view.startOf(b) || view.endOf(b) - view.endOf(a));
    const underlines = this.besideLanes();
    // Shorter ones over longer ones, of the same length the primary one on top.
    const lengthOf = (span: Span): number => view.endOf(span) - view.startOf(span);
    const order = (a: Span, b: Span): number =>
      lengthOf(b) - lengthOf(a) || Number(a.label.isPrimary) - Number(b.label.isPrimary);
    for (const span of inOrder.toSorted(order)) {
      const start = view.startOf(span);
      underlines.put(base + start, markOf(span).repeat(view.endOf(span) - start), styleOf(span));
    }
    const rows = [underlines];
    const hanging = inOrder.filter(({ label }) => label.text !== "");
    const last = hanging.at(-1);
    const end = Math.max(...inOrder.map((span) => view.endOf(span)));
    const words = last === undefined ? "" : displayText(last.label.text);
    const isOutermost = hanging.every((span) => span === last || view.startOf(span) < view.startOf(last!));
    const fits = !words.includes("\n") && end + 1 + words.length <= this.codeWidth;
    if (last !== undefined && isOutermost && view.endOf(last) === end && fits) {
      underlines.put(base + end + 1, words, styleOf(last));
      hanging.pop();
    }
    if (hanging.length === 0) return rows;
    const hooks = this.besideLanes();
    for (const span of hanging) hooks.put(base + view.startOf(span), "|", styleOf(span));
    rows.push(hooks);
    for (const [index, span] of [...hanging.entries()].reverse()) {
      rows.push(...this.hangingWords(span, hanging.slice(0, index), view));
    }
    return rows;
  }

  /** The words of a label below its underline, and right of the lines of others. */
  private hangingWords(span: Span, others: readonly Span[], view: View): StyledRow[] {
    const base = 2 * this.laneCount;
    const start = view.startOf(span);
    const text = displayText(span.label.text);
    // Words at the right end begin further left, so that they fit.
    const longest = Math.max(...text.split("\n").map((line) => line.length));
    const at = Math.min(start, Math.max(0, this.codeWidth - longest));
    return wrapText(text, this.codeWidth - at).map((words) => {
      const row = this.besideLanes();
      for (const other of others) {
        const column = view.startOf(other);
        if (column < at) row.put(base + column, "|", styleOf(other));
      }
      return row.put(base + at, words, styleOf(span));
    });
  }
}

function styleOf({ label }: Span): Style {
  return label.isPrimary ? "primary" : "secondary";
}

function markOf({ label }: Span): string {
  return label.isPrimary ? "^" : "-";
}

/** The part of a line that is shown. */
class View {
  readonly text: string;
  private readonly line: DisplayLine;
  private readonly from: number;
  private readonly to: number;

  constructor(line: DisplayLine, spans: readonly Span[], width: number) {
    this.line = line;
    const starts = spans.map(({ firstByte }) => line.columnOf(firstByte));
    const ends = spans.map(({ lastByte }) => line.columnOf(lastByte));
    if (line.width <= width) {
      this.from = 0;
      this.to = line.width;
      this.text = line.text;
      return;
    }
    const [first, last] = spans.length === 0 ? [0, 0] : [Math.min(...starts), Math.max(...ends)];
    // What is marked, with about as much before it as behind.
    const room = Math.max(0, width - (last - first) - 2);
    this.from = last + 10 <= width ? 0 : Math.max(0, first - Math.floor(room / 2));
    this.to = Math.min(line.width, this.from + width - 2);
    const before = this.from > 0 ? elided : "";
    const after = this.to < line.width ? elided : "";
    this.text = `${before}${line.slice(this.from, this.to)}${after}`;
  }

  /** From a column of the line to one of the view. */
  columnOf(column: number): number {
    const shift = this.from > 0 ? 1 : 0;
    return Math.min(Math.max(column - this.from, 0) + shift, this.to - this.from + shift);
  }

  startOf({ firstByte }: Span): number {
    return this.columnOf(this.line.columnOf(firstByte));
  }

  endOf({ firstByte, lastByte }: Span): number {
    const end = this.line.columnOf(Math.max(lastByte, firstByte + 1));
    return Math.max(this.columnOf(end), this.startOf({ firstByte } as Span) + 1);
  }
}
