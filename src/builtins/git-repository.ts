// A Git repository on this machine: its commits, and its working tree as far as Git tracks it.
import type { Host } from "../host/host.ts";
import type { Directory, FileTree } from "../store/file-tree.ts";
import { hostTree } from "../store/host-tree.ts";
import { GitProgram } from "./git-program.ts";
import { gitEntries, gitTree } from "./git-tree.ts";

/** A repository inside another one, as the file .gitmodules describes it. */
export interface Submodule {
  /** From the root of the outer repository. */
  readonly path: string;
  readonly url: string;
  /** `.` is the branch of the outer one; empty when there is none. */
  readonly branch: string;
}

export interface Workdir {
  /** The commit that is checked out; undefined before the first. */
  readonly head: string | undefined;
  /** Whether a tracked file is not as in that commit. */
  readonly isDirty: boolean;
  /** Tracked files that are there, from the root. */
  readonly files: readonly string[];
  readonly submodules: readonly Submodule[];
}

export class GitRepository {
  /** The folder of the working tree, or of a bare repository (absolute, a byte string). */
  readonly path: string;
  private readonly git: GitProgram;
  private readonly host: Host;
  private tempCount = 0;

  constructor(host: Host, path: string) {
    this.host = host;
    this.path = path;
    this.git = new GitProgram(host, path);
  }

  /** Whether git takes the folder for a repository, and not for a part of one. */
  get isValid(): boolean {
    const { host, path, git } = this;
    const hasWorkdir = host.files.stat(`${path}/.git`) !== undefined;
    return (
      (hasWorkdir || host.files.stat(`${path}/HEAD`) !== undefined) && git.ask(["rev-parse", "--git-dir"]) !== undefined
    );
  }

  get isShallow(): boolean {
    return this.git.ask(["rev-parse", "--is-shallow-repository"])?.trim() === "true";
  }

  /** The branch that is checked out, as `refs/heads/x`; undefined when a commit is. */
  get headRef(): string | undefined {
    return this.git.ask(["symbolic-ref", "--quiet", "HEAD"])?.trim();
  }

  /** The commit that a reference leads to. */
  commitOf(ref: string): string | undefined {
    return this.git.ask(["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`])?.trim();
  }

  has(rev: string): boolean {
    return this.git.ask(["cat-file", "-e", rev]) !== undefined;
  }

  /** When the commit was made, in seconds since 1970. */
  lastModified(rev: string): number {
    return Number(this.git.output(["show", "--no-patch", "--no-show-signature", "--format=%ct", `${rev}^{commit}`]));
  }

  /** Of the commit and all before it. */
  revCount(rev: string): number {
    return Number(this.git.output(["rev-list", "--count", rev]));
  }

  workdir(): Workdir {
    const { git, host, path } = this;
    const list = (...args: string[]): string[] => nulSeparated(git.output(["ls-files", "-z", ...args]));
    const deleted = new Set(list("--deleted"));
    const isSubmodule = /^160000 /;
    const files = list("--stage").flatMap((line) => {
      const file = line.slice(line.indexOf("\t") + 1);
      return isSubmodule.test(line) || deleted.has(file) ? [] : [file];
    });
    const changes = git.output(["status", "--porcelain", "-z", "--untracked-files=no", "--ignore-submodules=all"]);
    const modules = `${path}/.gitmodules`;
    return {
      head: this.commitOf("HEAD"),
      isDirty: changes !== "",
      files,
      submodules: host.files.stat(modules) === undefined ? [] : this.submodulesIn(["--file", modules]),
    };
  }

  /** The tracked files as they are on the disk, and some empty folders, but for what `export-ignore` names, if that is wanted. */
  workdirTree({ files }: Workdir, folders: readonly string[], exportIgnore: boolean): FileTree {
    const wanted = new Set<string>();
    for (const file of [...files, ...folders]) for (const place of withParents(file)) wanted.add(place);
    const isFile = new Set(files);
    const isFolder = (place: string): boolean => !isFile.has(place);
    const ignored = exportIgnore ? this.ignored([...wanted], isFolder) : new Set<string>();
    const { path } = this;
    return hostTree(this.host.files, path, (place) => {
      const inner = place.slice(path.length + 1);
      return wanted.has(inner) && !ignored.has(inner);
    });
  }

  commitTree(rev: string, exportIgnore: boolean): FileTree {
    const entries = gitEntries(this.git, rev);
    const folders = new Set(entries.filter(({ type }) => type === "directory").map(({ path }) => path));
    const paths = entries.map(({ path }) => path);
    const ignored = exportIgnore
      ? this.withIndexOf(rev, (env) => this.ignored(paths, (path) => folders.has(path), env))
      : noPaths;
    return gitTree(
      this.git,
      entries.filter(({ path }) => withParents(path).every((place) => !ignored.has(place))),
    );
  }

  /** The submodules of a commit, and the commits that it has of them. */
  submodules(rev: string): readonly (Submodule & { readonly rev: string })[] {
    const entries = gitEntries(this.git, rev);
    if (!entries.some(({ path }) => path === ".gitmodules")) return [];
    const ids = new Map(entries.filter(({ type }) => type === "link").map(({ path, id }) => [path, id]));
    return this.submodulesIn(["--blob", `${rev}:.gitmodules`]).flatMap((submodule) => {
      const id = ids.get(submodule.path);
      return id === undefined ? [] : [{ ...submodule, rev: id }];
    });
  }

  /** Where a submodule's repository is: relative URLs start from where this one was cloned from. */
  resolveUrl(url: string): string {
    if (!/^\.\.?\//.test(url)) return url;
    const base = this.git.ask(["config", "--get", "remote.origin.url"])?.replace(/\n$/, "") ?? this.path;
    let [place, rest] = [base.replace(/\/+$/, ""), url];
    for (let step = /^(\.\.?)\//.exec(rest); step !== null; step = /^(\.\.?)\//.exec(rest)) {
      rest = rest.slice(step[0].length);
      if (step[1] === "..") place = place.slice(0, Math.max(0, place.lastIndexOf("/")));
    }
    return `${place}/${rest}`;
  }

  private submodulesIn(source: readonly string[]): readonly Submodule[] {
    const byName = new Map<string, { path?: string; url?: string; branch?: string }>();
    for (const line of nulSeparated(this.git.output(["config", ...source, "--list", "-z"]))) {
      const [, name = "", key = "", value = ""] = /^submodule\.(.*)\.(path|url|branch)\n(.*)$/s.exec(line) ?? [];
      if (key !== "") byName.set(name, { ...byName.get(name), [key]: value });
    }
    return [...byName.values()].flatMap(({ path, url, branch = "" }) =>
      path === undefined || url === undefined ? [] : [{ path, url, branch }],
    );
  }

  /** Which of the paths have the attribute `export-ignore` in the index. */
  private ignored(
    paths: readonly string[],
    isFolder: (path: string) => boolean,
    env: Readonly<Record<string, string>> = {},
  ): ReadonlySet<string> {
    if (!paths.some((file) => /(?:^|\/)\.gitattributes$/.test(file))) return noPaths;
    const input = paths.map((path) => `${path}${isFolder(path) ? "/" : ""}\0`).join("");
    const output = this.git.output(["check-attr", "--cached", "-z", "--stdin", "export-ignore"], { input, env });
    const ignored = new Set<string>();
    const fields = nulSeparated(output);
    for (let i = 0; i + 2 < fields.length; i += 3) {
      if (fields[i + 2] === "set") ignored.add((fields[i] as string).replace(/\/$/, ""));
    }
    return ignored;
  }

  /** Runs something with an index of its own that holds a commit: before Git 2.40 there is no other way to its attributes. */
  private withIndexOf<Result>(rev: string, action: (env: Readonly<Record<string, string>>) => Result): Result {
    const { host } = this;
    const temp = host.env("TMPDIR") ?? "/tmp";
    const index = `${temp}/ocinix-git-index-${host.processId}-${this.tempCount++}`;
    const env = { GIT_INDEX_FILE: index };
    try {
      this.git.output(["read-tree", rev], { env });
      return action(env);
    } finally {
      host.files.remove(index);
    }
  }
}

const noPaths: ReadonlySet<string> = new Set();

/** The tree with others in the place of some of its folders, by their paths in it. */
export function withMounts(tree: FileTree, mounts: ReadonlyMap<string, FileTree>): FileTree {
  if (mounts.size === 0 || tree.type !== "directory") return tree;
  return { type: "directory", entries: () => mountedEntries(tree, mounts) };
}

function* mountedEntries(
  folder: Directory,
  mounts: ReadonlyMap<string, FileTree>,
): Iterable<readonly [string, FileTree]> {
  for (const [name, tree] of folder.entries()) {
    const below = [...mounts].flatMap(([path, mount]) =>
      path.startsWith(`${name}/`) ? [[path.slice(name.length + 1), mount] as const] : [],
    );
    yield [name, mounts.get(name) ?? withMounts(tree, new Map(below))];
  }
}

function nulSeparated(text: string): string[] {
  return text.split("\0").filter((part) => part !== "");
}

/** `a/b/c` gives itself, `a/b` and `a`. */
function withParents(path: string): string[] {
  const places = [path];
  for (let slash = path.lastIndexOf("/"); slash > 0; slash = path.lastIndexOf("/", slash - 1)) {
    places.push(path.slice(0, slash));
  }
  return places;
}
