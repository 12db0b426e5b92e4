// `ocinix nar …`: writes Nix archives and shows what is in them, as `nix nar` does. An archive is read once, and never
// whole into memory.
import { quoteJson } from "../evaluator/json.ts";
import { canonicalPath } from "../evaluator/path.ts";
import { FileError, type Host } from "../host/host.ts";
import { isTerminal, writeFully } from "../host/node-host.ts";
import { NixError } from "../source/nix-error.ts";
import { narOf, parseNar } from "../store/nar.ts";
import { type NarFolder, type NarNode, narListing } from "../store/nar-listing.ts";
import type { ParsedArguments } from "./arguments.ts";
import { exitStatus } from "./exit-status.ts";
import type { Session } from "./session.ts";
import { absolutePath, treeAt } from "./tree-operand.ts";
import { UsageError } from "./usage-error.ts";

export function narPackCommand(parsed: ParsedArguments, { host }: Session): number {
  if (isTerminal(1)) throw new UsageError("refusing to write NAR to a terminal");
  const tree = treeAt(host, absolutePath(host, parsed.operands[0]!));
  for (const chunk of narOf(tree)) writeFully(1, chunk);
  return exitStatus.success;
}

export function narListCommand(parsed: ParsedArguments, session: Session): number {
  const [archive = "", name = ""] = parsed.operands;
  const root = narListing(parseNar(contents(session.host, archive)));
  checkListOptions(parsed);
  const path = canonicalPath(`/${name}`);
  const node = nodeAt(root, path);
  if (node === undefined) {
    throw new NixError("file", `path '\u00c2\u00abunknown\u00c2\u00bb${path}' does not exist`);
  }
  printListing(node, path, parsed, session);
  return exitStatus.success;
}

/** Throws UsageError. */
export function checkListOptions(parsed: ParsedArguments): void {
  if (parsed.has("json") && parsed.has("directory")) throw new UsageError("'--directory' is useless with '--json'");
}

/** Prints what is at a path, as the options of `ls` say. */
export function printListing(node: NarNode, path: string, parsed: ParsedArguments, session: Session): void {
  if (parsed.has("json")) {
    const json = listingJson(node, parsed.has("recursive") ? Number.POSITIVE_INFINITY : 1);
    // Unlike other commands, Nix does not ask here whether a person reads it.
    session.print(`${json}\n`);
    return;
  }
  const options = { long: parsed.has("long"), recursive: parsed.has("recursive") };
  const shown = node.type === "directory" ? "." : path.slice(path.lastIndexOf("/") + 1);
  const lines =
    node.type === "directory" && !parsed.has("directory")
      ? folderLines(node, shown, options)
      : nodeLines(node, shown, options);
  session.print([...lines].map((line) => `${line}\n`).join(""));
}

export function narCatCommand(parsed: ParsedArguments, { host }: Session): number {
  const [archive = "", name = ""] = parsed.operands;
  const path = canonicalPath(`/${name}`);
  const folders: string[] = [];
  let isFound = false;
  for (const event of parseNar(contents(host, archive))) {
    if (event.type === "end") {
      folders.pop();
      continue;
    }
    const at = canonicalPath(`/${[...folders, event.name].join("/")}`);
    if (event.type === "directory") folders.push(event.name);
    else if (event.type === "regular" && at === path) {
      isFound = true;
      for (const chunk of event.contents) writeFully(1, chunk);
    }
  }
  if (!isFound) throw new NixError("file", `NAR does not contain regular file '${path}'`);
  return exitStatus.success;
}

function* contents(host: Host, name: string): Generator<Uint8Array, void, void> {
  try {
    yield* host.files.readChunks(absolutePath(host, name));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new NixError("file", `opening NAR file "${name}": ${error.reason}`);
  }
}

function nodeAt(root: NarNode, path: string): NarNode | undefined {
  let node: NarNode | undefined = root;
  for (const name of path.split("/").filter((part) => part !== "")) {
    node = node?.type === "directory" ? node.entries.get(name) : undefined;
  }
  return node;
}

interface ListOptions {
  readonly long: boolean;
  readonly recursive: boolean;
}

function* folderLines(folder: NarFolder, shown: string, options: ListOptions): Generator<string, void, void> {
  for (const [name, node] of folder.entries) yield* nodeLines(node, `${shown}/${name}`, options);
}

function* nodeLines(node: NarNode, shown: string, options: ListOptions): Generator<string, void, void> {
  yield options.long ? longLine(node, shown) : shown;
  if (options.recursive && node.type === "directory") yield* folderLines(node, shown, options);
}

function longLine(node: NarNode, shown: string): string {
  const size = String(node.type === "regular" ? node.size : 0).padStart(20);
  switch (node.type) {
    case "regular":
      return `${node.executable ? "-r-xr-xr-x" : "-r--r--r--"} ${size} ${shown}`;
    case "symlink":
      return `lrwxrwxrwx ${size} ${shown} -> ${node.target}`;
    case "directory":
      return `dr-xr-xr-x ${size} ${shown}`;
  }
}

/** The listing with so many levels of folders; what is below is left empty. */
function listingJson(node: NarNode, depth: number): string {
  switch (node.type) {
    case "regular": {
      const offset = node.narOffset === undefined ? "" : `"narOffset":${node.narOffset},`;
      return `{"executable":${node.executable},${offset}"size":${node.size},"type":"regular"}`;
    }
    case "symlink":
      return `{"target":${quoteJson(node.target)},"type":"symlink"}`;
    case "directory": {
      const entries = [...node.entries].map(([name, entry]) => {
        return `${quoteJson(name)}:${depth > 1 ? listingJson(entry, depth - 1) : "{}"}`;
      });
      return `{"entries":{${entries.join()}},"type":"directory"}`;
    }
  }
}
