// Source positions as small integers in one global space: every source text owns a range of it, and lines and
// columns are only worked out when an error or `unsafeGetAttrPos` asks for them.

/** A place in some source text: base of the source + byte offset. 0 means "no position". */
export type Pos = number;

export const noPos: Pos = 0;

/** Where a source text came from; shown as a path, `«string»`, `«stdin»` or `«nix-internal»/…`. */
export type Origin =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "string" }
  | { readonly kind: "stdin" }
  | { readonly kind: "internal"; readonly name: string };

/** A source text (a byte string) and its place in the global position space. */
export interface Source {
  readonly origin: Origin;
  readonly text: string;
  /** Position of the first byte; the position of byte `i` is `base + i`. */
  readonly base: Pos;
}

/** A resolved position. Lines and columns count from 1, columns in bytes. */
export interface Place {
  readonly source: Source;
  readonly line: number;
  readonly column: number;
}

class UnreadSource implements Source {
  readonly origin: Origin;
  readonly base: Pos;
  private readonly read: () => string;
  private known: string | undefined;

  constructor(origin: Origin, base: Pos, read: () => string) {
    this.origin = origin;
    this.base = base;
    this.read = read;
  }

  get text(): string {
    this.known ??= this.read();
    return this.known;
  }
}

/** Hands out position ranges and resolves positions. One per evaluator. */
export class PositionTable {
  private readonly sources: Source[] = [];
  private next = 1;

  addSource(origin: Origin, text: string): Source {
    return this.add({ origin, text, base: this.next }, text.length);
  }

  /** A source of so many bytes that is read when an error has to show it. */
  addUnread(origin: Origin, length: number, read: () => string): Source {
    return this.add(new UnreadSource(origin, this.next, read), length);
  }

  private add(source: Source, length: number): Source {
    this.next += length + 1;
    this.sources.push(source);
    return source;
  }

  /** In the order in which they were added. */
  get all(): readonly Source[] {
    return this.sources;
  }

  sourceOf(pos: Pos): Source | undefined {
    if (pos === noPos) return undefined;
    let low = 0;
    let high = this.sources.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.sources[middle]!.base <= pos) low = middle + 1;
      else high = middle;
    }
    return this.sources[low - 1];
  }

  /** The position of a place in a file, or of the end of its line; noPos when the file is not here. */
  find(path: string, line: number, column: number): Pos {
    const source = this.sources.find(({ origin }) => origin.kind === "file" && origin.path === path);
    if (source === undefined) return noPos;
    const lineEnd = /\r\n|\r|\n/g;
    for (let number = 1; number < line; number++) if (lineEnd.exec(source.text) === null) return noPos;
    return source.base + Math.min(lineEnd.lastIndex + column - 1, source.text.length);
  }

  resolve(pos: Pos): Place | undefined {
    const source = this.sourceOf(pos);
    return source && placeInSource(source, pos - source.base);
  }
}

/** Line and column of a byte offset. `\n`, `\r\n` and a lone `\r` all end a line, as in C++ Nix. */
export function placeInSource(source: Source, offset: number): Place {
  const { text } = source;
  let line = 1;
  let lineStart = 0;
  for (let i = 0; i < offset; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 10 || (unit === 13 && text.charCodeAt(i + 1) !== 10)) {
      line++;
      lineStart = i + 1;
    }
  }
  return { source, line, column: offset - lineStart + 1 };
}

/** The name of an origin as error messages show it (a byte string). */
export function showOrigin(origin: Origin): string {
  switch (origin.kind) {
    case "file":
      return origin.path;
    case "string":
      return "\u00c2\u00abstring\u00c2\u00bb";
    case "stdin":
      return "\u00c2\u00abstdin\u00c2\u00bb";
    case "internal":
      return `\u00c2\u00abnix-internal\u00c2\u00bb/${origin.name}`;
  }
}

/** `FILE:LINE:COLUMN`, as messages and printed lambdas have it. */
export function showPlace(positions: PositionTable, pos: Pos): string {
  const place = positions.resolve(pos);
  if (place === undefined) return "\u00c2\u00abnone\u00c2\u00bb";
  return `${showOrigin(place.source.origin)}:${place.line}:${place.column}`;
}
