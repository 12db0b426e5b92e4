// A bundle whose program is the host's shell, with its libraries and loader in store objects. The loader is called by
// name, so nothing has to be patched and nothing else is needed in the container.
import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { bundleTree, type ClosureMember } from "../../src/oci/bundle.ts";
import type { MountSpec } from "../../src/oci/container-spec.ts";
import { directoryOf, type FileTree, fileOf } from "../../src/store/file-tree.ts";

const libraries = `/nix/store/${"1".repeat(32)}-libraries`;
const shell = `/nix/store/${"2".repeat(32)}-shell`;

/** The shell's file and those that its loader maps, the loader first; undefined on a host that is not glibc's. */
function shellFiles(): { readonly program: string; readonly loader: string; readonly needed: string[] } | undefined {
  const program = realpathSync("/bin/sh");
  const listed = spawnSync("ldd", [program], { encoding: "utf8" }).stdout ?? "";
  const needed = [...listed.matchAll(/(?:=> )?(\/\S+) \(0x/g)].map((match) => match[1]!);
  const loader = needed.find((path) => basename(path).startsWith("ld-"));
  return loader === undefined ? undefined : { program, loader, needed };
}

const files = shellFiles();

/** Why there can be no shell bundle here; undefined when there can. */
export const noShellBundle: string | undefined =
  files === undefined ? "the loader and libraries of /bin/sh were not found with ldd" : undefined;

/** The arguments that run a script in the container. */
export function shellArgs(script: string): string[] {
  const loader = `${libraries}/${basename(files!.loader)}`;
  return [loader, "--library-path", libraries, `${shell}/sh`, "-c", script, "sh"];
}

export const shellClosure = (): ClosureMember[] => [
  {
    path: libraries,
    tree: directoryOf(new Map(files!.needed.map((path) => [basename(path), fileOf(readFileSync(path), true)]))),
  },
  { path: shell, tree: directoryOf(new Map([["sh", fileOf(readFileSync(files!.program), true)]])) },
];

export interface ShellBundle {
  readonly script: string;
  readonly mounts?: Readonly<Record<string, MountSpec>>;
  readonly readonly?: boolean;
  /** What bind sources are files. */
  readonly sourceIsFile?: (path: string) => boolean;
  /** The files' owner. */
  readonly owner?: number;
}

/** Writes a bundle as the store would: nothing in it is writable. */
export function writeShellBundle(dir: string, bundle: ShellBundle): void {
  const spec = {
    args: shellArgs(bundle.script),
    mounts: bundle.mounts ?? {},
    readonly: bundle.readonly ?? false,
    os: "linux",
    arch: "x86_64",
  };
  const tree = bundleTree(spec, shellClosure(), { sourceIsFile: bundle.sourceIsFile ?? (() => false) });
  writeTree(dir, tree, bundle.owner);
}

function writeTree(path: string, tree: FileTree, owner: number | undefined): void {
  switch (tree.type) {
    case "regular":
      writeFileSync(path, Buffer.concat([...tree.read()]));
      chmodSync(path, tree.executable ? 0o555 : 0o444);
      break;
    case "symlink":
      symlinkSync(tree.target, path);
      return;
    case "directory":
      mkdirSync(path);
      for (const [name, entry] of tree.entries()) writeTree(join(path, name), entry, owner);
      chmodSync(path, 0o555);
  }
  if (owner !== undefined) chownSync(path, owner, owner);
}
