// What the commands on stores have in common: opening the store, and operands that name objects in it.
import { PhysicalStore } from "../api/physical-store.ts";
import { FileError } from "../host/host.ts";
import { NixError } from "../source/nix-error.ts";
import type { StorePath } from "../store/eval-store.ts";
import type { LocalStore } from "../store/local-store.ts";
import { StoreError } from "../store/store-error.ts";
import { storeDir, toStorePath } from "../store/store-path.ts";
import type { ParsedArguments } from "./arguments.ts";
import type { Session } from "./session.ts";
import { storeLocation } from "./store-location.ts";
import { absolutePath } from "./tree-operand.ts";
import { UsageError } from "./usage-error.ts";

/** The store of the command line, for who closes it. Throws StoreError where there is no folder for it, and UsageError. */
export function storeOf(parsed: ParsedArguments, { host }: Session): PhysicalStore {
  const location = storeLocation(parsed, host);
  if (location === undefined) {
    throw new StoreError(
      "database",
      "there is no folder for store objects: set OCINIX_STORE or HOME, or give --store DIR",
    );
  }
  return new PhysicalStore(host, location);
}

/** Runs an action on that store, which is opened for looking at it and closed afterwards. */
export function withStore<Result>(
  parsed: ParsedArguments,
  session: Session,
  action: (local: LocalStore) => Result,
): Result {
  const store = storeOf(parsed, session);
  try {
    return action(store.openForReading());
  } finally {
    store.close();
  }
}

/**
 * The object that an operand names: a path in the store, a link to one such as `./result`, or a physical place. It need
 * not be valid. Throws StoreError and NixError.
 */
export function objectOperand(local: LocalStore, { host }: Session, operand: string): StorePath {
  const physical = local.dir + storeDir;
  let path = absolutePath(host, operand);
  for (let count = 0; count < 40; count++) {
    if (path.startsWith(`${storeDir}/`)) return objectAt(path);
    if (path.startsWith(`${physical}/`)) return toStorePath(path.slice(local.dir.length)).path;
    const type = host.files.lstat(path)?.type;
    if (type === undefined) throw missing(path);
    if (type !== "symlink") break;
    const target = host.files.readLink(path);
    path = absolutePath(host, target.startsWith("/") ? target : `${path.slice(0, path.lastIndexOf("/"))}/${target}`);
  }
  throw new StoreError("not-in-store", `path '${path}' is not in the Nix store`);
}

/** The objects of all operands, or with `--all` every valid one; those that are not valid are complained of. */
export function objectOperands(local: LocalStore, parsed: ParsedArguments, session: Session): readonly StorePath[] {
  const { operands } = parsed;
  if (parsed.has("all")) {
    if (operands.length > 0) throw new UsageError("'--all' does not expect arguments");
    return local.validPaths();
  }
  if (operands.length === 0) throw new UsageError("no store paths are given; '--all' means every valid one");
  const paths = [...new Set(operands.map((operand) => objectOperand(local, session, operand)))].sort();
  complainOfInvalid(local, session, paths);
  return paths;
}

/** Nix has tried to substitute them at this point. */
export function complainOfInvalid(local: LocalStore, { host }: Session, paths: readonly StorePath[]): void {
  const invalid = paths.filter((path) => !local.isValid(path));
  if (invalid.length === 0) return;
  host.writeError(["don't know how to build these paths:", ...invalid.map((path) => `  ${path}`), ""].join("\n"));
}

function objectAt(path: string): StorePath {
  try {
    return toStorePath(path).path;
  } catch (error) {
    // Nix takes it for a file then.
    throw error instanceof StoreError && error.code === "bad-path" ? missing(path) : error;
  }
}

function missing(path: string): NixError {
  return new NixError("file", `getting status of "${path}": No such file or directory`);
}

/** What each path refers to comes before it, as far as both are among the paths, as C++ Nix sorts them. */
export function referencesFirst(local: LocalStore, paths: Iterable<StorePath>): readonly StorePath[] {
  const wanted = new Set(paths);
  const ordered = new Set<StorePath>();
  const entered = new Set<StorePath>();
  for (const start of [...wanted].sort()) {
    if (entered.has(start)) continue;
    entered.add(start);
    const stack = [{ path: start, references: referencesOf(local, start) }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next = top.references.next();
      if (next.done) {
        ordered.add(top.path);
        stack.pop();
      } else if (wanted.has(next.value) && !entered.has(next.value)) {
        entered.add(next.value);
        stack.push({ path: next.value, references: referencesOf(local, next.value) });
      }
    }
  }
  return [...ordered];
}

function referencesOf(local: LocalStore, path: StorePath): Iterator<StorePath> {
  return (local.isValid(path) ? local.pathInfo(path).references : [])[Symbol.iterator]();
}

/** The reason why something could not be read, as a report shows it. */
export function asNixError(error: unknown): unknown {
  return error instanceof FileError ? new NixError("file", `opening file "${error.path}": ${error.reason}`) : error;
}
