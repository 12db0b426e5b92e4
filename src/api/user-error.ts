// An error of the program as the user of `eval`, `build` and `run` wants it: about the user's own files. What went on
// inside the package set that ocinix brings is left out, as is what leads nowhere. C++ Nix, and `instantiate`, show all.
import type { NixError, TraceFrame } from "../source/nix-error.ts";
import { noPos, type Pos, type PositionTable } from "../source/position.ts";

export interface UserError {
  readonly error: NixError;
  /** Whether it names a place in the user's files. */
  readonly hasPlace: boolean;
}

/** Whether a position is in neither internal code nor the folder. */
export function isUserPlace(pos: Pos, positions: PositionTable, embeddedDir: string): boolean {
  const origin = positions.sourceOf(pos)?.origin;
  if (origin?.kind === "file") return !origin.path.startsWith(`${embeddedDir}/`);
  return origin !== undefined && origin.kind !== "internal";
}

/** A copy of the error, which is its `cause`, without the frames below the folder. */
export function userError(error: NixError, positions: PositionTable, embeddedDir: string): UserError {
  const isOurs = (pos: Pos): boolean => pos !== noPos && !isUsers(pos);
  const isUsers = (pos: Pos): boolean => isUserPlace(pos, positions, embeddedDir);
  const named = namedPlace(error.message, positions);
  const shown = Object.assign(error.copy(), { cause: error });
  if (named !== undefined) Object.assign(shown, named);
  let frames = usersFrames(error.trace, shown.pos, isOurs);
  if (!isUsers(shown.pos)) {
    // The error is where our code was called from, if no frame says more.
    const [innermost] = frames.filter((frame) => isUsers(frame.pos));
    if (innermost !== undefined) {
      const saysLittle = innermost.hint || innermost.message === "from call site" || error.kind === "missingAttribute";
      shown.pos = saysLittle ? innermost.pos : noPos;
      if (saysLittle) frames = frames.slice(frames.indexOf(innermost) + 1);
    }
  }
  // The frames of a recursion without end are those of each of its rounds.
  if (error.kind === "stackOverflow" && isUsers(shown.pos)) frames = [];
  frames = frames.filter((frame) => !frame.hint && !frame.isNew);
  shown.trace.splice(0, shown.trace.length, ...frames);
  return { error: shown, hasPlace: isUsers(shown.pos) || frames.some((frame) => isUsers(frame.pos)) };
}

/** The user's frames, innermost first. One without a position belongs to the place inside it. */
function usersFrames(trace: readonly TraceFrame[], pos: Pos, isOurs: (pos: Pos) => boolean): readonly TraceFrame[] {
  let inside = !isOurs(pos);
  return trace.filter((frame) => {
    if (frame.pos !== noPos) inside = !isOurs(frame.pos);
    return inside;
  });
}

/** The package set ends messages about arguments with where these were written: that is where the error is. */
function namedPlace(
  message: string,
  positions: PositionTable,
): { readonly message: string; readonly pos: Pos } | undefined {
  const [whole, path, line, column] = /\nat (\/[^\n]*):(\d+):(\d+)$/.exec(message) ?? [];
  if (whole === undefined) return undefined;
  const pos = positions.find(path!, Number(line), Number(column));
  return pos === noPos ? undefined : { message: message.slice(0, -whole.length), pos };
}
