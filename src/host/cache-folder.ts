// Where ocinix keeps what it can make again, and folders there that belong to one build of ocinix.
import type { Host } from "./host.ts";

const oneMonth = 31 * 24 * 3600 * 1000;

/** For things of one kind; undefined where the user has no cache folder. */
export function cacheFolder(host: Host, kind: string): string | undefined {
  const configured = host.env("XDG_CACHE_HOME");
  const home = host.env("HOME");
  const folder = configured?.startsWith("/") ? configured : home?.startsWith("/") ? `${home}/.cache` : undefined;
  return folder === undefined ? undefined : `${folder}/ocinix/${kind}`;
}

/** The same for this very build; `moduleUrl` is any of it. */
export function buildFolder(host: Host, kind: string, moduleUrl: string): string | undefined {
  const folder = cacheFolder(host, kind);
  return folder === undefined ? undefined : `${folder}/${moduleUrl.slice(moduleUrl.lastIndexOf("/") + 1)}`;
}

/** Makes the folder, and removes those beside it of builds that were not used for long. */
export function makeBuildFolder(host: Host, folder: string): void {
  const { files } = host;
  files.makeDir(folder);
  const parent = folder.slice(0, folder.lastIndexOf("/"));
  for (const { name, type } of files.readDir(parent)) {
    const stat = type === "directory" ? files.lstat(`${parent}/${name}`) : undefined;
    if (stat !== undefined && stat.mtimeMs < host.now() * 1000 - oneMonth) files.remove(`${parent}/${name}`);
  }
}

/** 64 bits in base 16; not to be relied on where somebody could want a collision. */
export function shortHash(text: string): string {
  let first = 0x811c9dc5;
  let second = 0x01000193;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    first = Math.imul(first ^ unit, 0x01000193);
    second = Math.imul(second ^ unit, 0x5bd1e995);
  }
  const digits = (sum: number): string => (sum >>> 0).toString(16).padStart(8, "0");
  return digits(first) + digits(second);
}
