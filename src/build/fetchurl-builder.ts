// The built-in builder `builtin:fetchurl`, as <nix/fetchurl.nix> uses it: a file, or the NAR in one, of which the
// derivation says the hash. Only `file:` URLs for now; what is to be fetched from elsewhere has to be in the store.
import { FileError, type ReadableFiles } from "../host/host.ts";
import type { FileTree, RegularFile } from "../store/file-tree.ts";
import { parseNar, treeOfEvents } from "../store/nar.ts";
import { StoreError } from "../store/store-error.ts";
import { BuildError } from "./build-error.ts";
import type { BuildRequest, BuiltinBuilder } from "./build-request.ts";
import { BuilderAttributes } from "./builder-attributes.ts";

/** `host` has the files that URLs name. */
export function fetchurlBuilder(host: ReadableFiles): BuiltinBuilder {
  return ({ attributes, fixedOutputs }: BuildRequest) => {
    if (!fixedOutputs.has("out")) {
      throw new BuildError(
        "bad-attribute",
        "'builtin:fetchurl' must be a fixed-output derivation; it needs 'outputHash'",
      );
    }
    const read = new BuilderAttributes(attributes);
    const url = read.text("url");
    const file = fileAt(url, host);
    return new Map([["out", isSwitchedOn(attributes, "unpack") ? unpacked(file, url) : withMode(file, attributes)]]);
  };
}

/** What an environment variable or a structured attribute says. */
function isSwitchedOn(attributes: BuildRequest["attributes"], name: string): boolean {
  return attributes[name] === "1" || attributes[name] === true;
}

function withMode(file: RegularFile, attributes: BuildRequest["attributes"]): FileTree {
  return { ...file, executable: isSwitchedOn(attributes, "executable") };
}

function fileAt(url: string, host: ReadableFiles): RegularFile {
  const path = pathOfUrl(url);
  if (path === undefined) {
    throw new BuildError(
      "needs-download",
      `it downloads '${url}', and this version of ocinix downloads nothing.\n` +
        "  Fetch the file yourself and give its 'file://' URL, or use a path of this host in the expression.",
    );
  }
  const stat = statAt(path, url, host);
  return { type: "regular", executable: false, size: stat.size, read: () => host.readChunks(path) };
}

function statAt(path: string, url: string, host: ReadableFiles): { readonly size: number } {
  let reason = "No such file or directory";
  try {
    const stat = host.stat(path);
    if (stat?.type === "regular") return stat;
    if (stat !== undefined) reason = "Not a file";
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    reason = error.reason;
  }
  throw new BuildError("missing-input", `unable to read '${url}': ${reason}`);
}

/** The path (a byte string) that a `file:` URL names on this host; undefined for other URLs. */
function pathOfUrl(url: string): string | undefined {
  const path = /^file:(?:\/\/(?:localhost)?)?(\/(?!\/)[^?#]*)/i.exec(url)?.[1];
  return path?.replace(/%([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

function unpacked(file: RegularFile, url: string): FileTree {
  if (url.endsWith(".xz")) {
    throw new BuildError("unsupported", `it unpacks '${url}', and this version of ocinix does not unpack xz`);
  }
  try {
    return treeOfEvents(parseNar(file.read()));
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new BuildError("bad-attribute", `cannot unpack '${url}': ${error.message}`);
  }
}
