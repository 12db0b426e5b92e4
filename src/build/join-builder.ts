// The built-in builder `builtin:join`: several folders become one that consists of links to what is in them. With
// `linkDirs` it joins as nixpkgs' buildEnv does, linking whole folders that only one path has; without as symlinkJoin.
import type { FileType, ReadableFiles } from "../host/host.ts";
import { directoryOf, type FileTree, linkTo } from "../store/file-tree.ts";
import { BuildError } from "./build-error.ts";
import type { BuildRequest } from "./build-request.ts";
import { BuilderAttributes, isSet, storeObjectOf } from "./builder-attributes.ts";
import { readFiles, statOf } from "./files-builder.ts";

export function buildJoin(request: BuildRequest): ReadonlyMap<string, FileTree> {
  const attributes = new BuilderAttributes(request.attributes);
  const join = new Join(request.files, readOptions(attributes));
  const paths = attributes.list("paths").map((entry, index) => readPath(entry, index, attributes));
  for (const { path, priority } of paths) join.add(path, priority, attributes.flag("ignoreSingleFileOutputs", false));
  if (attributes.flag("includeClosures", false)) {
    const named = new Set(paths.map(({ path }) => path));
    for (const path of request.closure(paths.map(({ path }) => storeObjectOf(path, "paths")))) {
      if (!named.has(path)) join.add(path, defaultPriority, true);
    }
  }
  const files = attributes.has("files") ? readFiles(attributes, request.files) : new Map<string, FileTree>();
  return new Map([["out", join.outputWith(files)]]);
}

interface JoinOptions {
  readonly pathsToLink: readonly string[];
  readonly extraPrefix: string;
  readonly failOnMissing: boolean;
  readonly linkDirs: boolean;
  readonly ignoreCollisions: boolean;
  readonly checkCollisionContents: boolean;
}

/** Deeper than this no store object can be. */
const maxDepth = 64;

/** That of a package without `meta.priority`; lower numbers win. */
const defaultPriority = 5;

function readOptions(attributes: BuilderAttributes): JoinOptions {
  return {
    pathsToLink: attributes.has("pathsToLink")
      ? attributes.texts("pathsToLink").map((path) => readPlace(path, "pathsToLink"))
      : [""],
    extraPrefix: attributes.has("extraPrefix") ? readPlace(attributes.text("extraPrefix"), "extraPrefix") : "",
    failOnMissing: attributes.flag("failOnMissing", false),
    linkDirs: attributes.flag("linkDirs", true),
    ignoreCollisions: attributes.flag("ignoreCollisions", false),
    checkCollisionContents: attributes.flag("checkCollisionContents", true),
  };
}

/** `/share/man` and `/share//man/` as `/share/man`, and `/` as the empty string. */
function readPlace(path: string, attribute: string): string {
  const names = path.split("/").filter((name) => name !== "");
  if (names.some((name) => name === "." || name === "..") || (names.length > 0 && !path.startsWith("/"))) {
    throw new BuildError("bad-attribute", `attribute '${attribute}': '${path}' is not an absolute path without '..'`);
  }
  return names.map((name) => `/${name}`).join("");
}

function readPath(
  entry: unknown,
  index: number,
  attributes: BuilderAttributes,
): { readonly path: string; readonly priority: number } {
  if (typeof entry === "string") return { path: entry, priority: defaultPriority };
  if (!isSet(entry)) throw attributes.wrong("paths", "a list of strings and of sets with 'path' and 'priority'");
  const set = new BuilderAttributes(entry, `paths[${index}]`);
  return { path: set.text("path"), priority: set.integer("priority", defaultPriority) };
}

/** What is at a place of the output. */
type Place = Folder | Link | Put;

interface Folder {
  readonly kind: "folder";
  readonly entries: Map<string, Place>;
  /** The first of what was merged here, and the best priority; undefined for a folder of our own. */
  source: { readonly path: string; readonly priority: number } | undefined;
}

/** A link to something in an input. */
interface Link {
  readonly kind: "link";
  readonly path: string;
  readonly priority: number;
}

/** One of the attribute `files`. */
interface Put {
  readonly kind: "put";
  readonly tree: FileTree;
}

class Join {
  private readonly inputs: ReadableFiles;
  private readonly options: JoinOptions;
  private readonly joined: Folder = newFolder();

  constructor(inputs: ReadableFiles, options: JoinOptions) {
    this.inputs = inputs;
    this.options = options;
  }

  /** Adds what is in the folder at a path, which may be a symlink. */
  add(path: string, priority: number, skipFiles: boolean): void {
    const type = statOf(path, this.inputs)?.type;
    if (type === undefined) {
      if (!this.options.failOnMissing) return;
      throw new BuildError("missing-input", `'${path}' is not there, or not an input of the derivation`);
    }
    if (type !== "directory") {
      if (skipFiles) return;
      throw new BuildError("bad-attribute", `'${path}' is a file and cannot be joined with others; only folders can`);
    }
    this.addEntries(this.joined, "", path, priority);
  }

  /** The output, with files that take their places whatever is there. */
  outputWith(files: ReadonlyMap<string, FileTree>): FileTree {
    let output = this.joined;
    // A prefix under which nothing comes is not made.
    if (output.entries.size > 0) {
      for (const name of this.options.extraPrefix.split("/").slice(1).reverse()) {
        const inner = output;
        output = newFolder();
        output.entries.set(name, inner);
      }
    }
    for (const [path, tree] of files) this.put(output, path, tree);
    return treeOf(output);
  }

  private put(output: Folder, path: string, tree: FileTree): void {
    if (path === "") {
      throw new BuildError("bad-attribute", "attribute 'files': the output of a join is a folder, and '' names itself");
    }
    const names = path.split("/");
    const last = names.pop()!;
    let folder = output;
    for (const [index, name] of names.entries()) {
      const above = names.slice(0, index + 1).join("/");
      let next = folder.entries.get(name) ?? newFolder();
      // What of it is left out depends on the place below the prefix.
      if (next.kind === "link" && this.isFolder(next.path)) {
        next = this.opened(next, `/${above}`.slice(this.options.extraPrefix.length));
      }
      if (next.kind !== "folder") {
        throw new BuildError("collision", `attribute 'files': '${path}' is below '${above}', which is a file`);
      }
      folder.entries.set(name, next);
      folder = next;
    }
    folder.entries.set(last, { kind: "put", tree });
  }

  /** `place` is where the folder is to be, below the prefix: empty, or with a leading slash. */
  private addEntries(folder: Folder, place: string, path: string, priority: number): void {
    // Symlinks can make folders endlessly deep.
    if (place.split("/").length > maxDepth) {
      throw new BuildError(
        "collision",
        `'${path}' is too deep in folders that several paths have, maybe by its symlinks`,
      );
    }
    for (const name of this.namesIn(path))
      this.addEntry(folder, `${place}/${name}`, name, { kind: "link", path: `${path}/${name}`, priority });
  }

  private addEntry(folder: Folder, place: string, name: string, link: Link): void {
    if (this.options.linkDirs && isLeftOut(place)) return;
    const wanted = this.isWanted(place);
    if (!wanted && !(this.leadsToWanted(place) && this.isFolder(link.path))) return;
    const old = folder.entries.get(name);
    if (old === undefined) {
      if (wanted && (this.options.linkDirs || !this.isFolder(link.path))) folder.entries.set(name, link);
      else {
        const made = this.opened(link, place);
        if (wanted || made.entries.size > 0) folder.entries.set(name, made);
      }
      return;
    }
    folder.entries.set(name, this.merged(old, link, place));
  }

  private merged(old: Place, link: Link, place: string): Place {
    if (old.kind === "link" && this.options.linkDirs) {
      const same = this.realPath(old.path);
      // The folder or file itself says more than a symlink to it.
      if (same !== undefined && same === this.realPath(link.path)) return this.isLink(old.path) ? link : old;
    }
    const folder = this.asFolder(old, place);
    if (folder === undefined || !this.isFolder(link.path)) return this.collision(old, link);
    const { path, priority } = folder.source ?? link;
    folder.source = { path, priority: Math.min(priority, link.priority) };
    this.addEntries(folder, place, link.path, link.priority);
    return folder;
  }

  private asFolder(old: Place, place: string): Folder | undefined {
    if (old.kind === "folder") return old;
    return old.kind === "link" && this.isFolder(old.path) ? this.opened(old, place) : undefined;
  }

  private collision(old: Place, link: Link): Place {
    const source = old.kind === "link" ? old : old.kind === "folder" ? old.source : undefined;
    if (source === undefined || source.path === link.path) return old;
    if (link.priority !== source.priority) return link.priority < source.priority ? link : old;
    const { ignoreCollisions, checkCollisionContents } = this.options;
    if (ignoreCollisions || (checkCollisionContents && this.haveEqualContents(source.path, link.path))) return old;
    throw new BuildError(
      "collision",
      `collision between '${source.path}' and '${link.path}'; set ignoreCollisions = true to take the first`,
    );
  }

  /** A folder of an input as a real one. */
  private opened(link: Link, place: string): Folder {
    const folder = newFolder();
    folder.source = link;
    this.addEntries(folder, place, link.path, link.priority);
    return folder;
  }

  private isWanted(place: string): boolean {
    return this.options.pathsToLink.some((path) => place === path || place.startsWith(`${path}/`));
  }

  private leadsToWanted(place: string): boolean {
    return this.options.pathsToLink.some((path) => path.startsWith(`${place}/`));
  }

  private namesIn(path: string): readonly string[] {
    return this.inputs
      .readDir(path)
      .map(({ name }) => name)
      .sort();
  }

  private isFolder(path: string): boolean {
    return this.typeAt(path) === "directory";
  }

  /** Symlinks are looked through only where folders are linked. */
  private typeAt(path: string): FileType | undefined {
    return this.options.linkDirs ? statOf(path, this.inputs)?.type : this.inputs.lstat(path)?.type;
  }

  private isLink(path: string): boolean {
    return this.inputs.lstat(path)?.type === "symlink";
  }

  private realPath(path: string): string | undefined {
    return statOf(path, this.inputs) === undefined ? undefined : this.inputs.realPath(path);
  }

  private haveEqualContents(one: string, other: string): boolean {
    const [a, b] = [statOf(one, this.inputs), statOf(other, this.inputs)];
    if (a?.type !== "regular" || b?.type !== "regular") return false;
    if (a.size !== b.size || a.executable !== b.executable) return false;
    return Buffer.from(this.inputs.readFile(one)).equals(this.inputs.readFile(other));
  }
}

function newFolder(): Folder {
  return { kind: "folder", entries: new Map(), source: undefined };
}

/** What every package may have, and no environment needs or could have only one of. */
function isLeftOut(place: string): boolean {
  if (place === "/nix-support" || place === "/propagated-build-inputs") return true;
  if (place.endsWith("/info/dir") || place.endsWith("/perllocal.pod")) return true;
  return (
    place.startsWith("/share/mime/") && place !== "/share/mime/packages" && !place.startsWith("/share/mime/packages/")
  );
}

function treeOf(place: Place): FileTree {
  switch (place.kind) {
    case "folder":
      return directoryOf(new Map([...place.entries].map(([name, entry]) => [name, treeOf(entry)])));
    case "link":
      return linkTo(place.path);
    case "put":
      return place.tree;
  }
}
