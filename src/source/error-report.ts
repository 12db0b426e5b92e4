// An error as a person reads it, to the byte as C++ Nix prints it: trace, code frames, truncation, suggestions.
// Traces count by weight: a frame is 1, and 1 more with a position; beyond 3 the rest is left out, outermost first kept.
import { blue, magenta, normal, red } from "./ansi-colors.ts";
import { logText } from "./log-text.ts";
import type { NixErrorKind, TraceFrame } from "./nix-error.ts";
import { type Place, type Pos, type PositionTable, showOrigin } from "./position.ts";
import { didYouMean } from "./suggestions.ts";

/** What of an error is shown; a NixError is one. All texts are byte strings. */
export interface Reportable {
  readonly message: string;
  /** A thrown message is the program's own. */
  readonly kind?: NixErrorKind;
  readonly pos: Pos;
  /** Innermost frame first. */
  readonly trace: readonly TraceFrame[];
  readonly suggestions: readonly string[];
}

export interface ReportOptions {
  /** Show every frame, those of function calls included. */
  readonly showTrace: boolean;
  /** Colours, for a terminal. */
  readonly color: boolean;
  /** Default `error`. */
  /** The text after the prefix as it is, without a margin. */
  readonly isUnindented?: boolean;
  readonly prefix?: "error" | "warning" | "evaluation warning";
}

const maxTraceWeight = 3;
const maxRepeatedFrames = 5;

/** The report as a byte string of complete lines, for standard error. */
export function renderError(error: Reportable, positions: PositionTable, options: ReportOptions): string {
  const { prefix = "error", color } = options;
  const heading = `${prefix === "error" ? red : magenta}${prefix}:${normal} `;
  const trace = renderTrace(error.trace, positions, options.showTrace);
  const meant = didYouMean(error.suggestions.map((name) => `${magenta}${logText(name, false)}${normal}`));
  const body = [
    ...(trace === undefined ? [] : [trace, "\n", heading]),
    `${error.kind === "throw" ? error.message : highlighted(error.message)}\n`,
    renderPlace("", positions.resolve(error.pos)),
    ...(meant === "" ? [] : [`${meant}\n`]),
  ].join("");
  if (options.isUnindented) {
    return logText(`${body.startsWith("\n") ? trimEnd(heading) : heading}${trimEnd(body)}\n`, color);
  }
  const margin = " ".repeat(`${prefix}: `.length);
  const text = trimEnd(body);
  if (text === "") return "\n";
  const lines = text.split("\n").map((line, index) => trimEnd((index === 0 ? heading : margin) + line));
  return logText(`${lines.join("\n")}\n`, color);
}

/** Names and values stand out. */
function highlighted(message: string): string {
  return message.replace(/(?<![\w])'([^'\n]+)'(?![\w])/g, `'${magenta}$1${normal}'`);
}

/** The frames to show; undefined when the error has none. */
function renderTrace(
  innermostFirst: readonly TraceFrame[],
  positions: PositionTable,
  showTrace: boolean,
): string | undefined {
  const frames = innermostFirst.filter((frame) => !frame.hint && (showTrace || !frame.callOnly));
  if (frames.length === 0) return undefined;
  let text = "";
  let weight = 0;
  let truncated = false;
  let repeated: TraceFrame[] = [];
  const seen = new Set<string>();

  const show = (frame: TraceFrame): void => {
    const place = renderPlace("  ", positions.resolve(frame.pos));
    text += `\n\u00e2\u0080\u00a6 ${frame.always ? frame.message : highlighted(frame.message)}\n${place}`;
    if (place !== "") weight++;
  };
  const showRepeated = (): void => {
    if (repeated.length > maxRepeatedFrames) {
      text += `\n${magenta}(${repeated.length} duplicate frames omitted)${normal}\n`;
    } else repeated.forEach(show);
    repeated = [];
  };

  for (const frame of frames.toReversed()) {
    if (frame.message === "") continue;
    if (!showTrace && weight > maxTraceWeight) truncated = true;
    if (truncated && !frame.always) continue;
    const key = `${frame.pos} ${frame.message}`;
    if (seen.has(key)) {
      repeated.push(frame);
      continue;
    }
    seen.add(key);
    showRepeated();
    weight++;
    show(frame);
  }
  showRepeated();
  if (truncated) {
    text += `\n${magenta}(stack trace truncated; use '--show-trace' to show the full, detailed trace)${normal}\n`;
  }
  return text;
}

/** `at FILE:LINE:COLUMN:` and the line with its neighbours and a caret; nothing for an unknown place. */
function renderPlace(indent: string, place: Place | undefined): string {
  if (place === undefined) return "";
  const { source, line, column } = place;
  const name = `${magenta}${showOrigin(source.origin)}:${line}:${column}${normal}`;
  const [before, at, after] = codeLines(source.text, line);
  let text = `${indent}${blue}at ${name}:`;
  if (before !== undefined) text += codeLine(line - 1, before);
  if (at !== undefined) text += `${codeLine(line, at)}\n      |${" ".repeat(column)}${red}^${normal}`;
  if (after !== undefined) text += codeLine(line + 1, after);
  return `${text}\n`;
}

function codeLine(number: number, code: string): string {
  return `\n ${String(number).padStart(5)}| ${code}`;
}

/** The line and its neighbours. */
function codeLines(text: string, line: number): (string | undefined)[] {
  if (text === "") return [];
  const lineEnd = /\r\n|\r|\n/g;
  const lines: (string | undefined)[] = line === 1 ? [undefined] : [];
  let start = 0;
  for (let number = 1; number <= line + 1; number++) {
    const end = lineEnd.exec(text);
    if (number >= line - 1) lines.push(text.slice(start, end?.index));
    if (end === null) break;
    start = lineEnd.lastIndex;
  }
  return lines;
}

function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && " \n\r\t".includes(text[end - 1]!)) end--;
  return text.slice(0, end);
}
