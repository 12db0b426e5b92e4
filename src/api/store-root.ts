// Links from outside to store objects: `result`, and what `--add-root` asks for. The store knows of them, so that a
// garbage collector can keep what they lead to.
import { FileError, type Host } from "../host/host.ts";
import type { StorePath } from "../store/eval-store.ts";
import { formatHash, hashBytes } from "../store/hash.ts";
import type { LocalStore } from "../store/local-store.ts";
import { StoreError } from "../store/store-error.ts";
import { isInStore } from "../store/store-path.ts";

/**
 * Makes an absolute path a link to an object of the store; a link of that kind that is there already is replaced
 * atomically. The link leads to the physical object, as there need be nothing at the logical path. Throws StoreError
 * `write-failed`; what was there is as it was then.
 */
export function addRoot(host: Host, store: LocalStore, link: string, object: StorePath): void {
  checkRoot(host, link);
  try {
    replaceLink(host, link, store.realPath(object));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const reason = `cannot create symlink '${link}': ${error.reason}`;
    throw new StoreError("write-failed", reason, { cause: error });
  }
  const name = formatHash(hashBytes("sha1", link), "nix32");
  replaceLink(host, `${store.dir}/nix/var/nix/gcroots/auto/${name}`, link);
}

/** Throws StoreError `write-failed` when there is something else than a link into a store at the path. */
export function checkRoot({ files }: Host, link: string): void {
  if (isInStore(link)) {
    throw new StoreError("write-failed", `creating a garbage collector root ('${link}') in the Nix store is forbidden`);
  }
  const existing = files.lstat(link);
  if (existing === undefined) return;
  if (existing.type === "symlink" && files.readLink(link).includes("/nix/store/")) return;
  throw new StoreError("write-failed", `cannot create symlink '${link}'; already exists`);
}

function replaceLink({ files, processId }: Host, link: string, target: string): void {
  files.makeDir(link.slice(0, link.lastIndexOf("/")) || "/");
  const temp = `${link}.tmp-${processId}`;
  files.remove(temp);
  files.symlink(target, temp);
  try {
    files.rename(temp, link);
  } catch (error) {
    files.remove(temp);
    throw error;
  }
}
