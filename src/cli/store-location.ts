// Where the store's objects are: `--store`, then OCINIX_STORE, then the user's data folder.
import type { Host } from "../host/host.ts";
import { NixError } from "../source/nix-error.ts";
import type { ParsedArguments } from "./arguments.ts";
import { UsageError } from "./usage-error.ts";

/**
 * The folder of the physical store, absolute. Undefined for `dummy://`, Nix's name for a store that keeps nothing, and
 * where there is no home. Throws UsageError for what is no folder.
 */
export function storeLocation(parsed: ParsedArguments, host: Host): string | undefined {
  const option = parsed.value("store");
  if (option !== undefined && !isDefault(option)) return folderOf(option, "--store", host);
  const variable = host.env("OCINIX_STORE");
  if (variable !== undefined && variable !== "") return folderOf(variable, "OCINIX_STORE", host);
  const data = host.env("XDG_DATA_HOME");
  if (data?.startsWith("/")) return `${data}/ocinix`;
  const home = host.env("HOME");
  return home?.startsWith("/") ? `${home}/.local/share/ocinix` : undefined;
}

/** Of the stores that Nix knows and ocinix does not. */
const nixSchemes: ReadonlySet<string> = new Set([
  ...["daemon", "experimental-ssh-ng", "file", "http", "https", "legacy-ssh", "local", "local-overlay"],
  ...["mounted-ssh-ng", "root", "s3", "ssh", "ssh-ng", "unix"],
]);

/** Nix's names for the store of this machine. */
function isDefault(text: string): boolean {
  return text === "" || text === "auto" || text === "local";
}

function folderOf(text: string, from: string, host: Host): string | undefined {
  if (text === "dummy://") return undefined;
  const root = /^local(?:\?|:\/\/\?)root=([^&]+)$/.exec(text)?.[1] ?? text;
  const [, scheme] = /^([a-z][a-z\d+.-]*):\/\//i.exec(root) ?? [];
  if (scheme !== undefined && !nixSchemes.has(scheme)) {
    throw new NixError("store", `don't know how to open Nix store with scheme '${scheme}'`);
  }
  if (root === "" || /^daemon$|:\/\//.test(root)) {
    throw new UsageError(`'${text}' of ${from} is not a folder: ocinix keeps its store objects in one of its own`);
  }
  return root.startsWith("/") ? root.replace(/(?<=.)\/+$/, "") : `${host.workingDir}/${root}`.replace(/\/+$/, "");
}
