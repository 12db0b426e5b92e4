// Where literals end. Every function takes a text that ends with zero bytes, and the offset to begin at.
import { backslash, dollar, doubleQuote, greater, leftBrace, quote, slash } from "./ascii.ts";
import { charClasses, endOfRun, identifierStart, pathPart, schemePart, uriPart } from "./char-class.ts";

/** From a slash: past all `/x` that follow each other and past one slash more; the slash itself if there is no `/x`. */
export function endOfPath(text: string, slashAt: number): number {
  let end = slashAt;
  while (text.charCodeAt(end) === slash) {
    if ((charClasses[text.charCodeAt(end + 1)]! & pathPart) === 0) return end === slashAt ? end : end + 1;
    end = endOfRun(text, end + 1, pathPart);
  }
  return end;
}

/** From `<`: past the `>` of a `<x/y>`, or -1. */
export function endOfSearchPath(text: string, start: number): number {
  for (let part = start + 1; ; ) {
    const end = endOfRun(text, part, pathPart);
    if (end === part) return -1;
    const unit = text.charCodeAt(end);
    if (unit === greater) return end + 1;
    if (unit !== slash) return -1;
    part = end + 1;
  }
}

/** Past a URI whose scheme begins at `start` and ends at the colon, or -1. */
export function endOfUri(text: string, start: number, colonAt: number): number {
  if ((charClasses[text.charCodeAt(start)]! & identifierStart) === 0) return -1;
  if (endOfRun(text, start, schemePart) !== colonAt) return -1;
  const end = endOfRun(text, colonAt + 1, uriPart);
  return end > colonAt + 1 ? end : -1;
}

/** In `"…"`: at the quote or `${` that ends a piece of text, or where the text breaks off, before `limit`. */
export function endOfText(text: string, start: number, limit: number): number {
  for (let end = start; ; ) {
    const unit = text.charCodeAt(end);
    if (unit === doubleQuote) return end;
    if (unit === dollar) {
      const next = text.charCodeAt(end + 1);
      if (next === leftBrace || end + 1 >= limit) return end;
      end += next === dollar ? 2 : 1;
    } else if (unit === backslash) {
      if (end + 1 >= limit) return end;
      end += 2;
    } else {
      if (unit === 0 && end >= limit) return end;
      end++;
    }
  }
}

/** In `''…''`: before an escape, `${`, `''` or the limit. */
export function endOfIndentedText(text: string, start: number, limit: number): number {
  for (let end = start; ; ) {
    const unit = text.charCodeAt(end);
    if (unit === dollar || unit === quote) {
      const next = text.charCodeAt(end + 1);
      if (next === quote || next === (unit === dollar ? leftBrace : dollar) || end + 1 >= limit) return end;
      end += 2;
    } else {
      if (unit === 0 && end >= limit) return end;
      end++;
    }
  }
}
