// The built-in builder `builtin:closure`: a list of the store paths that the attribute `rootPaths` leads to.
import { bufferFromBytes } from "../source/bytes.ts";
import { type FileTree, fileOf } from "../store/file-tree.ts";
import type { BuildRequest } from "./build-request.ts";
import { BuilderAttributes, storeObjectOf } from "./builder-attributes.ts";

export function buildClosure({ attributes, closure }: BuildRequest): ReadonlyMap<string, FileTree> {
  const roots = new BuilderAttributes(attributes).texts("rootPaths");
  const paths = closure(roots.map((path) => storeObjectOf(path, "rootPaths")));
  return new Map([["out", fileOf(bufferFromBytes(paths.map((path) => `${path}\n`).join("")))]]);
}
