// A trace for people and tools: innermost frames first, with groups of frames that repeat told once.
import type { TraceFrame } from "../source/nix-error.ts";
import { noPos } from "../source/position.ts";
import type { DiagnosticFrame } from "./diagnostic.ts";
import type { ErrorCase } from "./error-case.ts";

/** Groups of up to so many frames are recognised when they repeat. */
const longestGroup = 12;
/** A group that is there fewer times is not worth folding. */
const fewestRepeats = 3;
/** Frames beyond are left out, the outermost first. */
const mostFrames = 400;

export interface TraceSummary {
  readonly frames: readonly DiagnosticFrame[];
  /** How many of the outermost frames are not among them. */
  readonly omitted: number;
}

export function summariseTrace(error: ErrorCase): TraceSummary {
  const trace = error.trace.filter(({ message }) => message !== "");
  const libraries = librariesOf(error, trace);
  const keys = trace.map(({ message, pos }) => `${pos} ${message}`);
  const frames: DiagnosticFrame[] = [];
  let index = 0;
  while (index < trace.length && frames.length < mostFrames) {
    const { length, repeats } = groupAt(keys, index);
    for (let i = 0; i < length; i++) {
      const isLast = i === length - 1;
      frames.push(
        toFrame(
          error,
          trace[index + i] as TraceFrame,
          libraries[index + i],
          isLast ? repeats : 1,
          isLast && repeats > 1 ? length : 1,
        ),
      );
    }
    index += length * repeats;
  }
  return { frames, omitted: trace.length - index };
}

/** The shortest group that begins here and repeats, or the one frame. */
function groupAt(keys: readonly string[], from: number): { readonly length: number; readonly repeats: number } {
  for (let length = 1; length <= longestGroup && from + length * fewestRepeats <= keys.length; length++) {
    let same = 0;
    while (from + length + same < keys.length && keys[from + same] === keys[from + length + same]) same++;
    const repeats = 1 + Math.floor(same / length);
    if (repeats >= fewestRepeats) return { length, repeats };
  }
  return { length: 1, repeats: 1 };
}

function toFrame(
  error: ErrorCase,
  { message, pos }: TraceFrame,
  library: string | undefined,
  repeats: number,
  group: number,
): DiagnosticFrame {
  return { message, range: pos === noPos ? undefined : error.rangeAt(pos), library, repeats, group };
}

/** Whose code each frame is about. One without a position belongs to the place inside it, if it is no text of a program. */
function librariesOf(error: ErrorCase, trace: readonly TraceFrame[]): (string | undefined)[] {
  const { library } = error;
  const [first = noPos] = error.positions;
  let current = library.nameAt(first);
  return trace.map(({ message, pos, always }) => {
    const place = pos === noPos ? error.derivationPos(message) : pos;
    if (pos !== noPos) current = library.nameAt(pos);
    if (place !== noPos) return library.nameAt(place);
    return always === true ? undefined : current;
  });
}
