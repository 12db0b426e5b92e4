// The source of a flake in the store, and what a flake says of it: of a plain folder all files, in a Git repository those
// that are tracked.
import type { Evaluation } from "../api/evaluation.ts";
import { dirName } from "../evaluator/path.ts";
import { writeWarning } from "../evaluator/warning.ts";
import { FileError, type ReadableFiles } from "../host/host.ts";
import { bytesFromBuffer } from "../source/bytes.ts";
import { NixError } from "../source/nix-error.ts";
import type { StorePath } from "../store/eval-store.ts";
import { formatHash } from "../store/hash.ts";
import { hostTree } from "../store/host-tree.ts";
import { hashNar } from "../store/nar.ts";
import { AttrSet } from "../value/attr-set.ts";
import { ContextString, StringContext } from "../value/string-context.ts";
import type { Lazy } from "../value/value.ts";

export interface FlakeSource {
  readonly sourceInfo: AttrSet;
  readonly root: StorePath;
  /** Where the flake is in the source: empty, or a slash and more. */
  readonly subfolder: string;
}

/** Adds the source that a folder (an absolute path) belongs to. `isPlain`: the folder alone, whatever repository it is in. */
export function addFlakeSource(evaluation: Evaluation, folder: string, isPlain: boolean): FlakeSource {
  const { host, interpreter, store } = evaluation;
  if (host.files.stat(folder) === undefined) {
    throw new NixError("file", `getting status of "${folder}": No such file or directory`);
  }
  const repository = isPlain ? undefined : GitRepository.around(evaluation, folder);
  const top = repository?.root ?? folder;
  const tree = hostTree(interpreter.files, top, repository && ((path) => repository.isTracked(path)));
  const digest = hashNar(tree, "sha256");
  const root = store.addHashed({ name: "source", tree }, digest);
  interpreter.access?.allow(root);
  const lastModified = repository?.lastModified ?? latestChange(host.files, folder);
  const entries: [string, Lazy][] = [
    ["lastModified", lastModified],
    ["lastModifiedDate", new Date(lastModified * 1000).toISOString().replace(/\..*|\D/g, "")],
    ["narHash", formatHash(digest.narHash, "sri")],
    ["outPath", new ContextString(root, StringContext.ofOne({ kind: "opaque", path: root }))],
    ...(repository?.attributes() ?? []),
  ];
  return { sourceInfo: AttrSet.from(entries), root, subfolder: folder.slice(top.length) };
}

/** When anything in a folder changed last, in seconds since 1970. */
function latestChange(files: ReadableFiles, path: string): number {
  const stat = files.lstat(path);
  if (stat === undefined) return 0;
  const entries = stat.type === "directory" ? files.readDir(path) : [];
  const inside = entries.map(({ name }) => latestChange(files, `${path}/${name}`));
  return Math.max(Math.floor(stat.mtimeMs / 1000), ...inside);
}

class GitRepository {
  readonly root: string;
  readonly lastModified: number;
  private readonly evaluation: Evaluation;
  /** Absolute paths of files and of the folders above them. */
  private readonly tracked = new Set<string>();
  private readonly revision: string;
  private readonly isDirty: boolean;

  private constructor(evaluation: Evaluation, root: string) {
    this.evaluation = evaluation;
    this.root = root;
    for (const name of this.git("ls-files", "-z").split("\0")) {
      for (let path = `${root}/${name}`; path !== root && !this.tracked.has(path); path = dirName(path)) {
        this.tracked.add(path);
      }
    }
    this.revision = this.git("rev-parse", "--verify", "--quiet", "HEAD").trim();
    this.lastModified = Number(this.git("log", "-1", "--format=%ct").trim());
    this.isDirty = this.git("status", "--porcelain", "--untracked-files=no") !== "";
    if (this.isDirty) writeWarning(evaluation.interpreter, `Git tree '${root}' is dirty`);
  }

  /** The repository that a folder is in; undefined when it is in none. */
  static around(evaluation: Evaluation, folder: string): GitRepository | undefined {
    const { files } = evaluation.host;
    for (let path = folder; ; path = dirName(path)) {
      if (files.lstat(`${path === "/" ? "" : path}/.git`) !== undefined) return new GitRepository(evaluation, path);
      if (path === "/") return undefined;
    }
  }

  isTracked(path: string): boolean {
    return this.tracked.has(path) && this.evaluation.host.files.lstat(path) !== undefined;
  }

  attributes(): [string, Lazy][] {
    const { revision } = this;
    const short = revision.slice(0, 7);
    const which: [string, Lazy][] = this.isDirty
      ? [
          ["dirtyRev", `${revision}-dirty`],
          ["dirtyShortRev", `${short}-dirty`],
        ]
      : [
          ["rev", revision],
          ["shortRev", short],
          ["revCount", Number(this.git("rev-list", "--count", "HEAD").trim())],
        ];
    return [["submodules", false], ...(revision === "" ? [] : which)];
  }

  /** What Git prints; nothing when it fails, as it does for what a new repository lacks. */
  private git(...args: readonly string[]): string {
    const { host } = this.evaluation;
    try {
      const { status, stdout } = host.run("git", ["-C", this.root, ...args]);
      return status === 0 ? bytesFromBuffer(stdout) : "";
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      throw new NixError("file", `the flake is in a Git repository, and git cannot be run: ${error.reason}`);
    }
  }
}
