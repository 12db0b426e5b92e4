// TOML texts and places in them, with the lines that toml11 4 shows for a place. Its surprises are kept: a place at the
// end of the text shows the last line twice, and long lines are cut 30 bytes from the place.

export interface TomlSource {
  readonly name: string;
  readonly text: string;
}

/** The bytes from `first` to before `last`. */
export interface TomlRegion {
  readonly source: TomlSource;
  readonly first: number;
  readonly last: number;
  /** It stands for the end of the text, where there is no byte. */
  readonly isTextEnd?: boolean;
}

/** The lines that show a region, and where it begins in the first and ends in the last of them. */
export interface ShownLines {
  readonly lines: readonly string[];
  readonly firstOffset: number;
  readonly lastOffset: number;
}

/** The one byte at a position; at the end of the text the byte before it. */
export function byteRegion(source: TomlSource, at: number): TomlRegion {
  const { length } = source.text;
  if (at < length) return { source, first: at, last: at + 1 };
  return { source, first: Math.max(0, length - 1), last: length, isTextEnd: true };
}

export function firstLineOf({ source, first }: TomlRegion): number {
  return lineAt(source, first);
}

/** The line of the region's end. One byte that is a line end counts as its line, but the text's end as one more. */
export function lastLineOf({ source, first, last, isTextEnd }: TomlRegion): number {
  return lineAt(source, last === first + 1 && isTextEnd !== true ? first : last);
}

const lineEnds = new WeakMap<TomlSource, readonly number[]>();

/** One more than the number of line ends before a position. */
function lineAt(source: TomlSource, at: number): number {
  let ends = lineEnds.get(source);
  if (ends === undefined) {
    ends = Array.from(source.text.matchAll(/\n/g), ({ index }) => index);
    lineEnds.set(source, ends);
  }
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] as number) < at) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}

const shownAround = 30;
const searchedFrom = 60;
const searchedLength = 50;

export function showLines(region: TomlRegion): ShownLines {
  const { source, first, last } = region;
  const { text } = source;
  if (first === last) return { lines: [""], firstOffset: 0, lastOffset: 0 };
  const end = last - 1;
  const firstLine = firstLineOf(region);
  const lastLine = lastLineOf(region);
  if (firstLine === lastLine) {
    const { shown, offset } = cutLine(text, first, end);
    return { lines: [shown], firstOffset: offset, lastOffset: offset };
  }
  const searchEnd = text.length - first > searchedFrom ? first + searchedLength : text.length;
  const searchStart = end > searchedFrom ? end - searchedLength : 0;
  const top = cutLine(text, first, indexOrEnd(text, first, searchEnd));
  const bottom = cutLine(text, indexOrEnd(text, searchStart, end), end);
  const lines = firstLine + 1 === lastLine ? [top.shown, bottom.shown] : [top.shown, "...", bottom.shown];
  return { lines, firstOffset: top.offset, lastOffset: bottom.offset };
}

/** The line around a part of the text, and where the part begins in it. */
function cutLine(text: string, begin: number, end: number): { readonly shown: string; readonly offset: number } {
  const earliest = Math.max(0, begin - shownAround);
  const latest = Math.min(text.length, end + shownAround);
  const lineStart = Math.max(earliest, begin === 0 ? 0 : text.lastIndexOf("\n", begin - 1) + 1);
  const lineEnd = indexOrEnd(text, end, latest);
  let shown = text.slice(lineStart, lineEnd);
  let offset = begin - lineStart;
  if (lineStart > 0 && text[lineStart - 1] !== "\n") {
    shown = `... ${shown}`;
    offset += 4;
  }
  if (lineEnd < text.length && text[lineEnd] !== "\n") shown += " ...";
  return { shown, offset };
}

function indexOrEnd(text: string, from: number, end: number): number {
  const found = text.indexOf("\n", from);
  return found < 0 || found > end ? end : found;
}
