// A builder's request whose inputs are trees in memory, and ways to write and read such trees.
import type { BuildRequest } from "../../src/build/build-request.ts";
import { inputFiles } from "../../src/build/input-files.ts";
import type { StorePath } from "../../src/store/eval-store.ts";
import { directoryOf, type FileTree, fileOf, linkTo } from "../../src/store/file-tree.ts";
import { scanReferences } from "../../src/store/references.ts";

/** By path below the tree: text, a link or a program; a path that ends in `/` is an empty folder. */
export type TreeSpec = Readonly<Record<string, string | { readonly link: string } | { readonly program: string }>>;

export function treeOf(spec: TreeSpec | string): FileTree {
  if (typeof spec === "string") return fileOf(Buffer.from(spec, "latin1"));
  const folder = new Map<string, FileTree>();
  const below = new Map<string, Record<string, TreeSpec[string]>>();
  for (const [path, entry] of Object.entries(spec)) {
    const slash = path.indexOf("/");
    if (slash < 0) {
      folder.set(
        path,
        typeof entry === "string"
          ? treeOf(entry)
          : "link" in entry
            ? linkTo(entry.link)
            : fileOf(Buffer.from(entry.program), true),
      );
      continue;
    }
    const inner = below.get(path.slice(0, slash)) ?? {};
    if (slash + 1 < path.length) inner[path.slice(slash + 1)] = entry;
    below.set(path.slice(0, slash), inner);
  }
  for (const [name, inner] of below) folder.set(name, treeOf(inner));
  return directoryOf(folder);
}

/** A tree as `treeOf` takes it; the folders that are not empty are left out. */
export function specOf(tree: FileTree): TreeSpec | string {
  if (tree.type === "regular") return textOf(tree);
  const spec: Record<string, TreeSpec[string]> = {};
  const visit = (node: FileTree, path: string): void => {
    if (node.type === "symlink") spec[path] = { link: node.target };
    else if (node.type === "regular") spec[path] = node.executable ? { program: textOf(node) } : textOf(node);
    else {
      const entries = [...node.entries()];
      if (entries.length === 0 && path !== "") spec[`${path}/`] = "";
      for (const [name, entry] of entries) visit(entry, path === "" ? name : `${path}/${name}`);
    }
  };
  visit(tree, "");
  return spec;
}

function textOf(tree: FileTree): string {
  return tree.type === "regular" ? Buffer.concat([...tree.read()]).toString("latin1") : "";
}

let count = 0;

/** A store path that no other test has. */
export function newPath(name: string): StorePath {
  return `/nix/store/${String(count++).padStart(32, "0")}-${name}`;
}

/** The objects are the inputs, unless `inputs` says which are; they refer to what they name. */
export function requestOf(
  attributes: Readonly<Record<string, unknown>>,
  objects: ReadonlyMap<StorePath, FileTree> = new Map(),
  inputs: readonly StorePath[] = [...objects.keys()],
): BuildRequest {
  return {
    name: "test",
    attributes,
    outputs: new Map([["out", newPath("test")]]),
    fixedOutputs: new Set(),
    inputs,
    closure(paths) {
      const closure = new Set(paths);
      for (const path of closure) {
        for (const reference of scanReferences(objects.get(path)!, objects.keys())) closure.add(reference);
      }
      return [...closure].sort();
    },
    tree: (path) => objects.get(path)!,
    files: inputFiles(
      (path) => objects.get(path),
      () => objects.keys(),
    ),
  };
}
