// Refusals of the store where they are the program's fault: a bad hash, a bad name.
import { fileFault } from "../evaluator/file-access.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";

/** What `action` gives; a StoreError or FileError of it becomes a NixError. */
export function programFault<T>(action: () => T, version?: Pick<Interpreter, "hasNewMessages">): T {
  try {
    return action();
  } catch (error) {
    throw fileFault(error, version);
  }
}
