// The links to what was built, such as `./result`, and the garbage collector's roots that they are. Surprise: they lead
// to the physical place of an object, because people without Nix have no /nix/store; C++ Nix links to the logical one.
import { FileError, type Host } from "../host/host.ts";
import { rootsOfLink } from "../store/collector-roots.ts";
import type { StorePath } from "../store/eval-store.ts";
import type { LocalStore } from "../store/local-store.ts";
import { isStorePath } from "../store/store-path.ts";

/** A link to be made. Its path is an absolute byte string. */
export interface OutLink {
  readonly link: string;
  readonly path: StorePath;
}

export type OutLinkErrorCode =
  /** There is something else than a link of ours. */
  "exists" | "write-failed";

/** A link that was not made; what was there before is there still. */
export class OutLinkError extends Error {
  readonly code: OutLinkErrorCode;

  constructor(code: OutLinkErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "OutLinkError";
    this.code = code;
  }
}

/**
 * The links for the outputs of some derivations, by the rules of nix-build: `result` and `result-dev` for the first one,
 * `result-2` and `result-2-dev` for the second. `name` is the absolute path of the first.
 */
export function outLinks(name: string, built: readonly ReadonlyMap<string, StorePath>[]): readonly OutLink[] {
  const prefix = canonicalPath(name);
  return built.flatMap((outputs, index) => {
    const stem = index === 0 ? prefix : `${prefix}-${index + 1}`;
    return [...outputs].map(([output, path]) => ({ link: output === "out" ? stem : `${stem}-${output}`, path }));
  });
}

/** Finds out before a build whether the links could be made afterwards. Throws OutLinkError. */
export function checkOutLinks({ files, processId }: Host, links: readonly string[]): void {
  for (const link of links.map(canonicalPath)) {
    refuseOthers({ files }, link);
    const parent = parentOf(link);
    // A missing folder will be made.
    if (files.stat(parent) === undefined) continue;
    const probe = temporaryName(link, processId);
    writing(link, () => {
      files.symlink("probe", probe);
      files.remove(probe);
    });
  }
}

/**
 * Makes the links, each atomically and with the folders above it; a link to an object of any store is replaced. The
 * store gets an indirect root for each, in `gcroots/auto` as C++ Nix has it, and one for C++ Nix' own collector, which
 * does not follow a link to a physical place. Throws OutLinkError before the first link is
 * touched where one cannot be made.
 */
export function makeOutLinks(host: Host, local: LocalStore, links: readonly OutLink[]): void {
  checkOutLinks(
    host,
    links.map(({ link }) => link),
  );
  if (links.length > 0) local.protect();
  for (const { link, path } of links) {
    const { indirect, direct } = rootsOfLink(local.dir, link);
    // A root whose link is missing does no harm, while an object whose root is missing may be collected.
    writing(link, () => placeLink(host, indirect, link));
    writing(link, () => placeLink(host, direct, path));
    writing(link, () => placeLink(host, link, local.realPath(path)));
  }
}

function placeLink({ files, processId }: Host, link: string, target: string): void {
  files.makeDir(parentOf(link));
  const temp = temporaryName(link, processId);
  files.symlink(target, temp);
  try {
    files.rename(temp, link);
  } catch (error) {
    files.remove(temp);
    throw error;
  }
}

function refuseOthers({ files }: Pick<Host, "files">, link: string): void {
  const stat = writing(link, () => files.lstat(link));
  if (stat === undefined) return;
  if (stat.type === "symlink" && isLinkToObject(writing(link, () => files.readLink(link)))) return;
  const what = {
    regular: "a file",
    directory: "a folder",
    symlink: "a link to something else",
    unknown: "a special file",
  };
  throw new OutLinkError(
    "exists",
    `'${link}' is ${what[stat.type]} and not the result of an earlier build, so it is not replaced; ` +
      "move it away, or choose another name with -o",
  );
}

/** Whatever store it is or was in. */
function isLinkToObject(target: string): boolean {
  const start = target.lastIndexOf("/nix/store/");
  return start >= 0 && isStorePath(target.slice(start));
}

function writing<Result>(link: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new OutLinkError(
      "write-failed",
      `cannot make the link '${link}': ${error.reason} (${error.path}); choose another name with -o, or none with --no-out-link`,
      { cause: error },
    );
  }
}

function temporaryName(link: string, processId: number): string {
  const random = Math.random().toString(36).slice(2, 10);
  return `${parentOf(link)}/.${link.slice(link.lastIndexOf("/") + 1)}.tmp-${processId}-${random}`;
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/")) || "/";
}

/** Without `.`, `..` and doubled slashes, in the text alone. */
function canonicalPath(path: string): string {
  const names: string[] = [];
  for (const name of path.split("/")) {
    if (name === "..") names.pop();
    else if (name !== "" && name !== ".") names.push(name);
  }
  return `/${names.join("/")}`;
}
