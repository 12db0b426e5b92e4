// The setting trace-function-calls: every call and every return is a line on standard error, with the time.
import { type Pos, showPlace } from "../source/position.ts";
import type { Interpreter } from "./interpreter.ts";

/** Makes a call between its two lines. */
export function traceCall<T>(interpreter: Interpreter, pos: Pos, makeCall: () => T): T {
  write(interpreter, "entered", pos);
  try {
    return makeCall();
  } finally {
    write(interpreter, "exited", pos);
  }
}

function write({ host, positions }: Interpreter, event: string, pos: Pos): void {
  const place = positions.resolve(pos) === undefined ? `${showPlace(positions, pos)}:0` : showPlace(positions, pos);
  const nanoseconds = Math.round((performance.timeOrigin + performance.now()) * 1000) * 1000;
  host.writeError(`function-trace ${event} ${place} at ${nanoseconds}\n`);
}
