// Git repositories on this machine as sources: a commit, or the working tree with what is tracked in it. Messages are
// C++ Nix's, and those of the library that it reads repositories with.
import type { Interpreter } from "../evaluator/interpreter.ts";
import { canonicalPath } from "../evaluator/path.ts";
import { writeWarning } from "../evaluator/warning.ts";
import type { Host } from "../host/host.ts";
import { NixError } from "../source/nix-error.ts";
import type { FileTree } from "../store/file-tree.ts";
import { formatHash, parseHash } from "../store/hash.ts";
import { formatFlakeReference, gitUrl, type SourceAttribute, type SourceAttributes } from "./flake-reference.ts";
import { GitRepository, type Submodule, withMounts } from "./git-repository.ts";
import { parseUrl } from "./url.ts";

export interface FetchedTree {
  readonly tree: FileTree;
  /** Those that were given, and what was found out. */
  readonly attributes: SourceAttributes;
  /** Of the commit; undefined when nobody asked, or there is none. Takes long in a large repository. */
  readonly revCount: (() => number) | undefined;
}

const noCommit = "0".repeat(40);

/** Whether Git allows the name for a branch, a tag or another reference. */
export function isLegalRefName(name: string): boolean {
  if (name === "" || name === "@" || name.endsWith(".") || /[\0- \x7f~^:?*[\\]|\.\.|@\{/.test(name)) return false;
  if (name.split("/").some((part) => part === "" || part.startsWith(".") || part.endsWith(".lock"))) return false;
  return name.includes("/") || !name.startsWith("-");
}

/** The repository that the attributes of a Git source describe; undefined for one that is elsewhere. Throws NixError. */
export function fetchLocalGit(interpreter: Interpreter, attributes: SourceAttributes): FetchedTree | undefined {
  const path = localPath(interpreter, gitUrl(String(attributes.get("url"))));
  return path === undefined ? undefined : new GitFetch(interpreter, path, attributes).fetch();
}

/** The absolute path of a repository on this machine. */
function localPath(interpreter: Interpreter, text: string): string | undefined {
  const url = parseUrl(text);
  if (url?.scheme !== "file") return undefined;
  const path = url.path.join("/");
  if (path.startsWith("/")) return canonicalPath(path);
  writeWarning(
    interpreter,
    `Fetching Git repository '${text}', which uses a path relative to the current directory. ` +
      "This is not supported and will stop working in a future release. " +
      "See https://github.com/NixOS/nix/issues/12281 for details.",
  );
  return canonicalPath(`${interpreter.host.workingDir}/${path}`);
}

class GitFetch {
  private readonly interpreter: Interpreter;
  private readonly host: Host;
  private readonly path: string;
  private readonly given: SourceAttributes;
  private readonly attributes: Map<string, SourceAttribute>;
  private readonly repository: GitRepository;
  private readonly exportIgnore: boolean;
  private readonly submodules: boolean;
  private readonly shallow: boolean;

  constructor(interpreter: Interpreter, path: string, given: SourceAttributes) {
    this.interpreter = interpreter;
    this.host = interpreter.host;
    this.path = path;
    this.given = given;
    this.attributes = new Map(given);
    this.repository = new GitRepository(this.host, path);
    this.exportIgnore = this.flag("exportIgnore");
    this.submodules = this.flag("submodules");
    this.shallow = this.flag("shallow");
  }

  fetch(): FetchedTree {
    const { host, path } = this;
    if (this.exportIgnore && this.submodules) {
      throw new NixError("unsupported", "exportIgnore and submodules are not supported together yet");
    }
    if (host.files.stat(path) === undefined) {
      throw new NixError("file", `Git repository "${path}" does not exist.`);
    }
    const hasWorkdir = host.files.stat(`${path}/.git`) !== undefined;
    const ref = this.text("ref");
    const givenRev = this.text("rev");
    const rev = givenRev === undefined ? undefined : formatHash(parseHash(givenRev, "sha1"), "base16");
    if (!hasWorkdir) return this.fetchCommit(...this.commitElsewhere(ref, rev));
    if (ref !== undefined || rev !== undefined) return this.fetchCommit(...this.commitHere(ref, rev));
    return this.checked(this.fetchWorkdir());
  }

  private flag(name: string): boolean {
    const value = this.given.get(name) ?? false;
    if (typeof value === "boolean") return value;
    throw new NixError("eval", `input attribute '${name}' is not a Boolean`);
  }

  private text(name: string): string | undefined {
    const value = this.given.get(name);
    return value === undefined ? undefined : String(value);
  }

  /** The reference and the commit in a repository with a working tree. */
  private commitHere(givenRef: string | undefined, givenRev: string | undefined): [ref: string, rev: string] {
    const { repository, path } = this;
    const ref = givenRef ?? repository.headRef ?? this.unknownHead(path);
    if (givenRev !== undefined) {
      if (repository.has(givenRev)) return [ref, givenRev];
      throw new NixError(
        "file",
        `getting Git object '${givenRev}': object not found - no match for id (${givenRev}) (libgit2 error code = 9)`,
      );
    }
    const rev = repository.commitOf(ref);
    if (rev !== undefined) return [ref, rev];
    throw new NixError("file", `resolving Git reference '${ref}': revspec '${ref}' not found (libgit2 error code = 4)`);
  }

  /** The same in a bare repository, which C++ Nix takes for one on another machine, and clones. */
  private commitElsewhere(givenRef: string | undefined, givenRev: string | undefined): [ref: string, rev: string] {
    const { repository } = this;
    const url = `file://${this.path}`;
    const ref = givenRef ?? (repository.isValid ? repository.headRef : undefined) ?? this.unknownHead(url);
    const failed = new NixError("file", `Failed to fetch git repository '${url}'`);
    if (!repository.isValid) throw failed;
    if (givenRev !== undefined) {
      if (!repository.has(givenRev)) throw failed;
      return [ref, givenRev];
    }
    const rev = repository.commitOf(ref.startsWith("refs/") || ref === "HEAD" ? ref : `refs/heads/${ref}`);
    if (rev === undefined) throw failed;
    return [ref, rev];
  }

  private unknownHead(place: string): string {
    writeWarning(this.interpreter, `could not read HEAD ref from repo at '${place}', using 'master'`);
    return "master";
  }

  private fetchCommit(ref: string, rev: string): FetchedTree {
    const { repository, attributes, given, path, shallow, exportIgnore } = this;
    const { hasNewMessages } = this.interpreter;
    attributes.set("ref", ref).set("rev", rev);
    if (!hasNewMessages && !shallow && repository.isShallow) {
      throw new NixError(
        "file",
        `'${path}' is a shallow Git repository, but shallow repositories are only allowed when ` +
          "`shallow = true;` is specified",
      );
    }
    const isGiven = hasNewMessages && given.has("lastModified");
    if (!isGiven) attributes.set("lastModified", repository.lastModified(rev));
    const isCounted = hasNewMessages && given.has("revCount");
    const revCount = shallow || isCounted ? undefined : () => this.revCount(rev);
    let tree = repository.commitTree(rev, exportIgnore);
    if (this.submodules) {
      const mounts = repository.submodules(rev).map((submodule) => {
        const branch = submodule.branch === "." ? ref : submodule.branch;
        return [submodule.path, this.submoduleOfCommit(submodule, branch, submodule.rev)] as const;
      });
      tree = withMounts(tree, new Map(mounts));
    }
    return this.checked({ tree, attributes, revCount });
  }

  /** What was given has to be so; C++ Nix 2.36 asks that of the hash of the contents only. */
  private checked(fetched: FetchedTree): FetchedTree {
    const { interpreter, given } = this;
    const { attributes, revCount } = fetched;
    if (interpreter.hasNewMessages) return fetched;
    const fault = (name: string, problem: string): NixError => {
      const input = formatFlakeReference(interpreter, attributes);
      return new NixError("file", `'${name}' attribute mismatch in input '${input}', ${problem}`);
    };
    const lastModified = attributes.get("lastModified");
    const expected = given.get("lastModified") ?? lastModified;
    if (expected !== lastModified) throw fault("lastModified", `expected ${expected}, got ${lastModified}`);
    const count = given.get("revCount");
    if (count !== undefined && count !== revCount?.()) throw fault("revCount", `expected ${count}`);
    return fetched;
  }

  private revCount(rev: string): number {
    if (this.interpreter.hasNewMessages && this.repository.isShallow) {
      throw new NixError("file", `'${this.path}' is a shallow Git repository, so 'revCount' is not available`);
    }
    return this.repository.revCount(rev);
  }

  private submoduleOfCommit({ url, path }: Submodule, branch: string, rev: string): FileTree {
    const resolved = this.repository.resolveUrl(url);
    const attributes = new Map<string, SourceAttribute>([
      ["type", "git"],
      ["url", gitUrl(resolved)],
      ["rev", rev],
      ["exportIgnore", this.exportIgnore],
      ["submodules", true],
      ["allRefs", true],
    ]);
    if (branch !== "") attributes.set("ref", branch);
    const fetched = fetchLocalGit(this.interpreter, attributes);
    if (fetched !== undefined) return fetched.tree;
    throw new NixError(
      "unsupported",
      `cannot fetch '${resolved}', the submodule '${path}': ocinix does not download during an evaluation`,
    );
  }

  private fetchWorkdir(): FetchedTree {
    const { repository, attributes, path, exportIgnore, shallow } = this;
    const workdir = repository.workdir();
    const submodules = this.submodules ? workdir.submodules : [];
    let tree = repository.workdirTree(
      workdir,
      submodules.map((submodule) => submodule.path),
      exportIgnore,
    );
    let { isDirty } = workdir;
    const mounts = new Map<string, FileTree>();
    for (const submodule of submodules) {
      const fetched = this.submoduleOfWorkdir(submodule);
      mounts.set(submodule.path, fetched.tree);
      if (!fetched.attributes.has("rev")) isDirty = true;
    }
    tree = withMounts(tree, mounts);
    const { head } = workdir;
    attributes.set("lastModified", head === undefined ? 0 : repository.lastModified(head));
    if (isDirty) {
      writeWarning(this.interpreter, `Git tree '${path}' is dirty`);
      if (head !== undefined) {
        attributes.set("dirtyRev", `${head}-dirty`).set("dirtyShortRev", `${head.slice(0, 7)}-dirty`);
      }
      return { tree, attributes, revCount: undefined };
    }
    const ref = repository.headRef;
    if (ref !== undefined) attributes.set("ref", ref);
    attributes.set("rev", head ?? noCommit);
    const count = head === undefined ? () => 0 : () => this.revCount(head);
    return { tree, attributes, revCount: shallow ? undefined : count };
  }

  private submoduleOfWorkdir({ path }: Submodule): FetchedTree {
    const attributes = new Map<string, SourceAttribute>([
      ["type", "git"],
      ["url", gitUrl(`${this.path}/${path}`)],
      ["exportIgnore", this.exportIgnore],
      ["submodules", true],
    ]);
    return new GitFetch(this.interpreter, `${this.path}/${path}`, attributes).fetch();
  }
}
