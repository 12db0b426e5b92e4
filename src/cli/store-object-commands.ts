// `ocinix store ls`, `cat` and `dump-path`: what is in the objects of a store.
import { isTerminal, writeFully } from "../host/node-host.ts";
import { NixError } from "../source/nix-error.ts";
import type { StorePath } from "../store/eval-store.ts";
import type { FileTree } from "../store/file-tree.ts";
import type { LocalStore } from "../store/local-store.ts";
import { narOf } from "../store/nar.ts";
import { treeListing } from "../store/nar-listing.ts";
import { StoreError } from "../store/store-error.ts";
import { toStorePath } from "../store/store-path.ts";
import type { ParsedArguments } from "./arguments.ts";
import { exitStatus } from "./exit-status.ts";
import { checkListOptions, printListing } from "./nar-command.ts";
import type { Session } from "./session.ts";
import { objectOperands, withStore } from "./store-operands.ts";
import { treeAt } from "./tree-operand.ts";
import { UsageError } from "./usage-error.ts";

export function storeListCommand(parsed: ParsedArguments, session: Session): number {
  return withStore(parsed, session, (local) => {
    const { path, rest } = objectInStore(local, parsed.operands[0]!);
    checkListOptions(parsed);
    const tree = treeInObject(local, session, path, rest);
    printListing(treeListing(tree), rest, parsed, session);
    return exitStatus.success;
  });
}

export function storeCatCommand(parsed: ParsedArguments, session: Session): number {
  return withStore(parsed, session, (local) => {
    const { path, rest } = objectInStore(local, parsed.operands[0]!);
    const tree = treeInObject(local, session, path, rest);
    if (tree.type !== "regular") throw new NixError("file", `path '${rest === "" ? "/" : rest}' is not a regular file`);
    for (const chunk of tree.read()) writeFully(1, chunk);
    return exitStatus.success;
  });
}

export function storeDumpCommand(parsed: ParsedArguments, session: Session): number {
  return withStore(parsed, session, (local) => {
    if (parsed.operands.length !== 1) throw new UsageError("this command requires exactly one store path");
    const [path = ""] = objectOperands(local, parsed, session);
    if (isTerminal(1)) throw new UsageError("refusing to write NAR to a terminal");
    if (!local.isValid(path)) throw invalidPath(path);
    for (const chunk of narOf(treeAt(session.host, local.realPath(path)), path)) writeFully(1, chunk);
    return exitStatus.success;
  });
}

/** The valid object of an operand, and the path inside of it, which is empty or starts with a slash. */
function objectInStore(local: LocalStore, operand: string): { readonly path: StorePath; readonly rest: string } {
  const found = toStorePath(operand);
  if (!local.isValid(found.path)) throw invalidPath(found.path);
  return found;
}

/** Throws NixError where there is nothing. */
function treeInObject(local: LocalStore, { host }: Session, path: StorePath, rest: string): FileTree {
  let place = local.realPath(path);
  // Step by step, because a symlink on the way must not lead out.
  for (const name of rest.split("/").slice(1)) {
    if (host.files.lstat(place)?.type === "symlink")
      throw new NixError("file", `path '${place}' (or its ancestor) is a symlink`);
    place += `/${name}`;
    if (host.files.lstat(place) === undefined) throw new NixError("file", `path '${place}' does not exist`);
  }
  return treeAt(host, place);
}

function invalidPath(path: StorePath): StoreError {
  return new StoreError("invalid-path", `path '${path}' is not a valid store path`);
}
