// Refusals of the store where they are the program's fault: a bad hash, a bad name.
import { fileFault } from "../evaluator/file-access.ts";

/** What `action` gives; a StoreError or FileError of it becomes a NixError. */
export function programFault<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw fileFault(error);
  }
}
