// Flake references: between the URL-like text, the attribute set, and the kinds of sources that there are.
import type { Interpreter } from "../evaluator/interpreter.ts";
import { writeWarning } from "../evaluator/warning.ts";
import { NixError } from "../source/nix-error.ts";
import { formatHash, parseHash } from "../store/hash.ts";
import { programFault } from "./program-fault.ts";
import { formatUrl, isQuery, parseQuery, parseUrl, percentDecode, percentFault, type Url } from "./url.ts";

export type SourceAttribute = string | number | bigint | boolean;
export type SourceAttributes = ReadonlyMap<string, SourceAttribute>;

/** A text that is no URL of any kind of source; it may still be a path. */
class NoUrl extends Error {}

const revision = /^[0-9a-fA-F]{40}$/;
const refName = /^[a-zA-Z0-9@][a-zA-Z0-9_./@+-]*$/;
const flakeId = /^[a-zA-Z][a-zA-Z0-9_-]*$/;
const hostName = /^[a-zA-Z0-9.-]*(?::[0-9]+)?$/;
const fragmentCharacter = /(?:[a-zA-Z0-9\-._~!$&'"()*+,;=:@/? ^]|%[0-9a-fA-F]{2})/.source;
const idReference = new RegExp(
  `^([a-zA-Z][a-zA-Z0-9_-]*(?:/(?:[0-9a-fA-F]{40}|[a-zA-Z0-9@][a-zA-Z0-9_./@+-]*(?:/[0-9a-fA-F]{40})?))?)(?:#(${fragmentCharacter}*))?$`,
);
/** No line may end in the fragment. */
const pathReference = /^([^?#]*)(?:\?([^#]*))?(?:#([^\n\r]*))?$/;

const lockAttributes = ["narHash", "rev", "revCount", "lastModified"];
const forgeAttributes = ["owner", "repo", "ref", "rev", "narHash", "lastModified", "host", "treeHash"];
const archiveAttributes = ["url", "narHash", "name", "unpack", "rev", "revCount", "lastModified"];
const gitFlags = ["shallow", "submodules", "lfs", "exportIgnore", "allRefs", "verifyCommit"];

/** The attributes of every kind of source. */
const allowedAttributes: Readonly<Record<string, readonly string[]>> = {
  indirect: ["id", "ref", "rev", "narHash"],
  path: ["path", ...lockAttributes],
  git: [
    ...["url", "ref", "rev", "shallow", "submodules", "lfs", "exportIgnore", "lastModified", "revCount", "narHash"],
    ...["allRefs", "name", "dirtyRev", "dirtyShortRev", "verifyCommit", "keytype", "publicKey", "publicKeys"],
  ],
  hg: ["url", "ref", "rev", "revCount", "narHash", "name"],
  github: forgeAttributes,
  gitlab: forgeAttributes,
  sourcehut: forgeAttributes,
  tarball: archiveAttributes,
  file: archiveAttributes,
};

/** The kinds that only exist with the experimental feature `flakes`. */
const flakeSources: ReadonlySet<string> = new Set(["indirect", "path", "github", "gitlab", "sourcehut"]);

/** Reads a reference; relative paths are refused. Throws NixError, also for what needs the feature `flakes`. */
export function parseFlakeReference(interpreter: Interpreter, text: string): SourceAttributes {
  const warn = (message: string): void => writeWarning(interpreter, message);
  const [url, fragment] = urlOf(text, warn);
  let attributes: SourceAttributes;
  const query = new Map(url.query);
  const dir = query.get("dir") ?? "";
  query.delete("dir");
  try {
    attributes = attributesOfUrl(interpreter, { ...url, query, fragment: "" });
  } catch (error) {
    if (!(error instanceof NoUrl)) throw error;
    attributes = attributesOfUrl(interpreter, pathUrl(text, warn));
  }
  if (fragment !== "") {
    throw new NixError("eval", `unexpected fragment '${fragment}' in flake reference '${text}'`);
  }
  return dir === "" ? attributes : new Map([...attributes, ["dir", dir]]);
}

type Warn = (message: string) => void;

function urlOf(text: string, warn: Warn): readonly [url: Url, fragment: string] {
  const [, id, idFragment = ""] = idReference.exec(text) ?? [];
  if (id !== undefined) {
    const path = id.split("/");
    return [{ scheme: "flake", authority: undefined, path, query: new Map(), fragment: "" }, percentDecode(idFragment)];
  }
  const url = parseUrl(text, warn) ?? pathUrl(text, warn);
  return [url, url.fragment];
}

function pathUrl(text: string, warn: Warn): Url {
  const parts = pathReference.exec(text);
  if (parts === null) throw new NixError("eval", `invalid flakeref '${text}'`);
  const [, path = "", encodedQuery = "", fragment = ""] = parts;
  if (!isQuery(encodedQuery)) throw new NixError("eval", `invalid URI query '${encodedQuery}': leftover`);
  const query = parseQuery(encodedQuery, warn);
  const fault = percentFault(fragment);
  if (fault !== undefined) throw new NixError("eval", `invalid URI parameter '${fragment}': ${fault}`);
  if (!path.startsWith("/")) throw new NixError("eval", `flake reference '${text}' is not an absolute path`);
  return { scheme: "path", authority: "", path: path.split("/"), query, fragment: percentDecode(fragment) };
}

function attributesOfUrl(interpreter: Interpreter, url: Url): SourceAttributes {
  const attributes = sourceOfUrl(url);
  if (flakeSources.has(attributes.get("type") as string)) interpreter.requireFeature("flakes");
  return attributes;
}

function sourceOfUrl(url: Url): SourceAttributes {
  const [application, transport] = url.scheme.includes("+")
    ? [url.scheme.slice(0, url.scheme.indexOf("+")), url.scheme.slice(url.scheme.indexOf("+") + 1)]
    : [undefined, url.scheme];
  switch (url.scheme) {
    case "flake":
      return indirectOfUrl(url);
    case "path":
      return pathOfUrl(url);
    case "github":
    case "gitlab":
    case "sourcehut":
      return forgeOfUrl(url);
  }
  if (application === "git" || url.scheme === "git") return gitOfUrl(url, transport);
  if (application === "hg" && ["http", "https", "ssh", "file"].includes(transport))
    return mercurialOfUrl(url, transport);
  const isArchive = application === undefined || application === "tarball" || application === "file";
  if (isArchive && ["http", "https", "file"].includes(transport)) {
    return archiveOfUrl({ ...url, scheme: transport }, application === "file" ? "file" : "tarball");
  }
  throw new NixError("eval", `input '${formatUrl(url)}' is unsupported`);
}

function indirectOfUrl({ path }: Url): SourceAttributes {
  const [id = "", second, third, ...more] = path.filter((part) => part !== "");
  if (more.length > 0 || !flakeId.test(id)) throw new NoUrl();
  const attributes = new Map<string, SourceAttribute>([
    ["type", "indirect"],
    ["id", id],
  ]);
  if (second === undefined) return attributes;
  if (third === undefined && revision.test(second)) return attributes.set("rev", second);
  if (!refName.test(second)) throw new NoUrl();
  attributes.set("ref", second);
  if (third === undefined) return attributes;
  if (!revision.test(third)) throw new NoUrl();
  return attributes.set("rev", third);
}

function pathOfUrl(url: Url): SourceAttributes {
  if (url.authority !== undefined && url.authority !== "") {
    throw new NixError("eval", `path URL '${formatUrl(url)}' should not have an authority ('${url.authority}')`);
  }
  const attributes = new Map<string, SourceAttribute>([
    ["type", "path"],
    ["path", url.path.join("/")],
  ]);
  for (const [name, value] of url.query) {
    if (name === "rev" || name === "narHash") attributes.set(name, value);
    else if (name !== "revCount" && name !== "lastModified") {
      throw new NixError("eval", `path URL '${formatUrl(url)}' has unsupported parameter '${name}'`);
    } else if (/^[0-9]+$/.test(value)) attributes.set(name, Number(value));
    else throw new NixError("eval", `path URL '${formatUrl(url)}' has invalid parameter '${name}'`);
  }
  return attributes;
}

function forgeOfUrl({ scheme, path, query }: Url): SourceAttributes {
  const [owner, repo, ...rest] = path.filter((part) => part !== "");
  if (owner === undefined || repo === undefined) throw new NoUrl();
  const attributes = new Map<string, SourceAttribute>([
    ["type", scheme],
    ["owner", owner],
    ["repo", repo],
  ]);
  const last = rest.join("/");
  if (last !== "") attributes.set(revision.test(last) ? "rev" : "ref", last);
  for (const name of ["rev", "ref", "host", "narHash"]) {
    const value = query.get(name);
    if (value === undefined) continue;
    if (attributes.has(name)) throw new NoUrl();
    attributes.set(name, value);
  }
  checkForge(attributes);
  return attributes;
}

function checkForge(attributes: SourceAttributes): void {
  const { rev, ref, host } = Object.fromEntries(attributes);
  if (rev !== undefined && ref !== undefined) throw new NoUrl();
  if (rev !== undefined) programFault(() => parseHash(String(rev), "sha1"));
  if (ref !== undefined && !refName.test(String(ref))) throw new NoUrl();
  if (host !== undefined && !hostName.test(String(host))) throw new NoUrl();
}

function gitOfUrl(url: Url, transport: string): SourceAttributes {
  const attributes = new Map<string, SourceAttribute>([["type", "git"]]);
  const query = new Map<string, string>();
  for (const [name, value] of url.query) {
    if (["rev", "ref", "keytype", "publicKey", "publicKeys"].includes(name)) attributes.set(name, value);
    else if (gitFlags.includes(name)) attributes.set(name, value === "1");
    else query.set(name, value);
  }
  return attributes.set("url", formatUrl({ ...url, scheme: transport, query }));
}

function mercurialOfUrl(url: Url, transport: string): SourceAttributes {
  const attributes = new Map<string, SourceAttribute>([["type", "hg"]]);
  const query = new Map<string, string>();
  for (const [name, value] of url.query) {
    if (name === "rev" || name === "ref") attributes.set(name, value);
    else query.set(name, value);
  }
  return attributes.set("url", formatUrl({ ...url, scheme: transport, query }));
}

function archiveOfUrl(url: Url, type: "tarball" | "file"): SourceAttributes {
  const attributes = new Map<string, SourceAttribute>([["type", type]]);
  const query = new Map(url.query);
  for (const name of lockAttributes) {
    const value = query.get(name);
    if (value === undefined) continue;
    if (name === "narHash" || name === "rev") attributes.set(name, value);
    else if (/^[0-9]+$/.test(value)) attributes.set(name, Number(value));
  }
  for (const name of archiveAttributes) query.delete(name);
  return attributes.set("url", formatUrl({ ...url, query }));
}

/** Writes a reference as a URL. Throws NixError for attributes that its kind of source does not have. */
export function formatFlakeReference(interpreter: Interpreter, attributes: SourceAttributes): string {
  const type = attributes.get("type");
  if (typeof type !== "string") {
    throw new NixError("eval", "'type' attribute to specify input scheme is required but not provided");
  }
  const own = new Map(attributes);
  own.delete("dir");
  const allowed = Object.hasOwn(allowedAttributes, type) ? allowedAttributes[type] : undefined;
  if (allowed === undefined) {
    throw new NixError("eval", `cannot show unsupported input '${jsonOf(own)}'`);
  }
  if (flakeSources.has(type)) interpreter.requireFeature("flakes");
  for (const name of own.keys()) {
    if (name !== "type" && !allowed.includes(name)) {
      throw new NixError("eval", `input attribute '${name}' not supported by scheme '${type}'`);
    }
  }
  const url = urlOfAttributes(type, own);
  const dir = attributes.get("dir");
  if (typeof dir !== "string" || dir === "") return formatUrl(url);
  return formatUrl({ ...url, query: new Map([...url.query, ["dir", dir]]) });
}

function jsonOf(attributes: SourceAttributes): string {
  const entries = [...attributes].sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(
    Object.fromEntries(entries.map(([name, value]) => [name, typeof value === "bigint" ? Number(value) : value])),
  );
}

function textAttribute(attributes: SourceAttributes, name: string): string {
  const value = attributes.get(name);
  if (typeof value === "string") return value;
  throw new NixError(
    "eval",
    value === undefined
      ? `input attribute '${name}' is missing`
      : `input attribute '${name}' is not a string ${jsonOf(attributes)}`,
  );
}

function urlOfAttributes(type: string, attributes: SourceAttributes): Url {
  const optional = (name: string): string | undefined =>
    attributes.has(name) ? textAttribute(attributes, name) : undefined;
  const [ref, rev] = [optional("ref"), optional("rev")];
  const query = new Map<string, string>();
  const narHash = optional("narHash");
  switch (type) {
    case "indirect":
      return bareUrl("flake", [textAttribute(attributes, "id"), ref, rev], query);
    case "github":
    case "gitlab":
    case "sourcehut": {
      const parts = [textAttribute(attributes, "owner"), textAttribute(attributes, "repo"), ref, rev];
      if (ref !== undefined && rev !== undefined) {
        throw new NixError(
          "eval",
          `input ${jsonOf(attributes)} contains both a commit hash ('${rev}') and a branch/tag name ('${ref}')`,
        );
      }
      if (narHash !== undefined) query.set("narHash", normalHash(narHash));
      const host = optional("host");
      if (host !== undefined) query.set("host", host);
      return bareUrl(type, parts, query);
    }
    case "path":
      for (const [name, value] of attributes) if (name !== "path" && name !== "type") query.set(name, String(value));
      return bareUrl("path", textAttribute(attributes, "path").split("/"), query);
    default: {
      const text = textAttribute(attributes, "url");
      const url = parseUrl(type === "git" ? gitUrl(text) : text);
      if (url === undefined) throw new NixError("eval", `'${text}' is not a valid URL`);
      for (const [name, value] of url.query) query.set(name, value);
      if (type === "tarball" || type === "file") {
        if (narHash !== undefined) query.set("narHash", normalHash(narHash));
        return { ...url, query };
      }
      if (rev !== undefined) query.set("rev", rev);
      if (ref !== undefined) query.set("ref", ref);
      for (const flag of gitFlags) if (flag !== "allRefs" && attributes.get(flag) === true) query.set(flag, "1");
      const scheme = type === "git" && url.scheme === "git" ? "git" : `${type}+${url.scheme}`;
      return { ...url, scheme, query };
    }
  }
}

function bareUrl(scheme: string, parts: readonly (string | undefined)[], query: ReadonlyMap<string, string>): Url {
  const path = parts.filter((part) => part !== undefined);
  return { scheme, authority: undefined, path, query, fragment: "" };
}

function normalHash(text: string): string {
  return formatHash(
    programFault(() => parseHash(text, "sha256")),
    "sri",
  );
}

/** A location that Git understands, as a URL: `user@host:path` and paths too. */
export function gitUrl(text: string): string {
  const [, user, host, path] = /^([^/]*)@(.*):(.*)$/s.exec(text.startsWith("/") ? "" : text) ?? [];
  const url = user === undefined || text.includes("://") ? text : `ssh://${user}@${host}/${path}`;
  if (url.startsWith("git+")) return url.slice("git+".length);
  if (url.startsWith("file:") || url.includes("://")) return url;
  const authority = url.startsWith("/") ? "" : undefined;
  return formatUrl({ scheme: "file", authority, path: url.split("/"), query: new Map(), fragment: "" });
}
