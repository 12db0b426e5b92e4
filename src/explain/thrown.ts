// `throw` and `abort`: the message is the program's own, so only the place remains to be shown.
import { noPos } from "../source/position.ts";
import type { Explanation } from "./diagnostic.ts";
import { type ErrorCase, label } from "./error-case.ts";

export function explainThrown(error: ErrorCase): Explanation | undefined {
  const builtin = error.code === "abort" ? "abort" : "throw";
  const pos =
    error.trace.find(({ message }) => message === `while calling the '${builtin}' builtin`)?.pos ?? error.innermostPos;
  if (pos === noPos || !error.isUsers(pos)) return undefined;
  const call = error.callAt(pos);
  if (call === undefined) return undefined;
  return { primary: label(call, builtin === "throw" ? "thrown here" : "aborted here") };
}
