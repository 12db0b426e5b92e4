// Fetching. Nothing is downloaded during an evaluation yet: what is pinned by a hash and in the store already, or can be
// read from a `file://` URL, is there; anything else is a clear error. Arguments are checked as C++ Nix checks them.
import { checkUri } from "../evaluator/allowed-uri.ts";
import { ContextCollector, coerceToStorePath, coerceToString } from "../evaluator/coerce.ts";
import { addFrame, expectAttrs, expectBool, expectPlainString } from "../evaluator/expect.ts";
import { fileFault } from "../evaluator/file-access.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { canonicalPath } from "../evaluator/path.ts";
import type { ReadableFiles } from "../host/host.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos } from "../source/position.ts";
import type { StorePath } from "../store/eval-store.ts";
import { formatHash, formatPrefixedHash, type Hash, hashBytes, parseHash } from "../store/hash.ts";
import { hostTree } from "../store/host-tree.ts";
import { hashNar } from "../store/nar.ts";
import { StoreError } from "../store/store-error.ts";
import { checkName } from "../store/store-path.ts";
import { AttrSet } from "../value/attr-set.ts";
import type { BuiltinDefinition } from "../value/function.ts";
import { describeType, printAttrName } from "../value/print.ts";
import { ContextString, textOf } from "../value/string-context.ts";
import { force, Thunk } from "../value/thunk.ts";
import { isInt, type Lazy, NixPath, type Value } from "../value/value.ts";
import { type FetchedTree, fetchLocalGit, isLegalRefName } from "./fetch-git.ts";
import {
  formatFlakeReference,
  gitUrl,
  parseFlakeReference,
  type SourceAttribute,
  type SourceAttributes,
} from "./flake-reference.ts";
import { programFault } from "./program-fault.ts";
import { parseHashOrEmpty, storePathString } from "./store-objects.ts";
import { parseUrl, percentDecode, urlFault } from "./url.ts";

export const fetchBuiltins: readonly BuiltinDefinition<Interpreter>[] = [
  {
    name: "fetchurl",
    parameters: ["arg"],
    doc: "The store path of a file from a URL: a string, or a set of `url`, `name` and `sha256`.",
    run: (interpreter, _pos, argument: Lazy) => fetch(interpreter, argument, { who: "fetchurl", unpack: false }),
  },
  {
    name: "fetchTarball",
    parameters: ["args"],
    doc: "The store path of an unpacked archive from a URL: a string, or a set of `url`, `name` and `sha256`.",
    global: true,
    run: (interpreter, _pos, argument: Lazy) => fetch(interpreter, argument, { who: "fetchTarball", unpack: true }),
  },
  {
    name: "fetchGit",
    parameters: ["args"],
    doc: "The contents of a Git repository at a revision, as a set with `outPath` and what is known of the revision.",
    global: true,
    run: (interpreter, _pos, argument: Lazy) => fetchTree(interpreter, argument, "fetchGit"),
  },
  {
    name: "fetchTree",
    parameters: ["input"],
    doc: "A file tree from any kind of source, described by a set with `type`, or by a URL.",
    global: true,
    feature: "fetch-tree",
    run: (interpreter, _pos, argument: Lazy) => fetchTree(interpreter, argument, "fetchTree"),
  },
  {
    name: "fetchMercurial",
    parameters: ["args"],
    doc: "The contents of a Mercurial repository at a revision.",
    global: true,
    run: fetchMercurial,
  },
  {
    name: "fetchClosure",
    parameters: ["args"],
    doc: "A store path, with all that it refers to, from a binary cache.",
    feature: "fetch-closure",
    run: fetchClosure,
  },
];

interface FetchKind {
  readonly who: "fetchurl" | "fetchTarball";
  readonly unpack: boolean;
}

interface FetchRequest {
  url: string | undefined;
  name: string;
  /** Whether the program gave a name. */
  isNamed: boolean;
  expected: Hash | undefined;
}

function fetch(interpreter: Interpreter, argument: Lazy, { who, unpack }: FetchKind): Value {
  const value = force(argument);
  const request: FetchRequest = { url: undefined, name: unpack ? "source" : "", isNamed: false, expected: undefined };
  if (value instanceof AttrSet) readFetchArguments(interpreter, value, who, request);
  else request.url = expectPlainString(interpreter, value, noPos, "while evaluating the url we should fetch");
  if (request.url === undefined) throw new NixError("eval", "'url' argument required");
  const url = unpack ? resolveChannel(request.url) : request.url;
  checkUri(interpreter, url);
  const name = request.name === "" ? lastPartOf(url) : request.name;
  checkFetchedName(name, url, who, request.isNamed, value instanceof AttrSet);
  const { expected } = request;
  if (interpreter.settings.pureEval && expected === undefined) {
    throw new NixError("eval", `in pure evaluation mode, '${who}' requires a 'sha256' argument`);
  }
  let pinned: StorePath | undefined;
  if (expected !== undefined) {
    pinned = interpreter.store.pathFor(name, unpack ? "nar" : "flat", "sha256", formatHash(expected, "base16"));
    if (interpreter.store.has(pinned)) return storePathString(interpreter, pinned);
  }
  if (!unpack && url.startsWith("file://")) return fetchFile(interpreter, url, name, expected);
  checkScheme(url, unpack);
  throw notFetched(`'${url}'`, pinned);
}

/** Refuses what could not be fetched by anybody. */
function checkScheme(url: string, isUrl: boolean): void {
  if (!isUrl) {
    if (!url.includes(":")) throw new NixError("eval", `URL '${url}' doesn't have a scheme`);
    return;
  }
  if (parseUrl(url) !== undefined) return;
  const fault = urlFault(url);
  throw new NixError(
    "eval",
    `'${url}' ${fault === undefined ? "doesn't have a scheme" : `is not a valid URL: ${fault}`}`,
  );
}

function readFetchArguments(interpreter: Interpreter, args: AttrSet, who: string, request: FetchRequest): void {
  for (const index of args.shape.orderIn(interpreter.symbols)) {
    const key = args.names[index] as string;
    const text = (what: string): string =>
      expectPlainString(
        interpreter,
        args.values[index] as Lazy,
        args.positionAt(index),
        `while evaluating the ${what}`,
      );
    switch (key) {
      case "url":
        request.url = text("url we should fetch");
        break;
      case "sha256":
        request.expected = parseHashOrEmpty(interpreter, text("sha256 of the content we should fetch"), "sha256");
        break;
      case "name":
        request.isNamed = true;
        request.name = text("name of the content we should fetch");
        break;
      default:
        throw new NixError("eval", `unsupported argument '${key}' to '${who}'`);
    }
  }
}

/** `channel:x` is short for the archive of a release channel. */
export function resolveChannel(url: string): string {
  const prefix = "channel:";
  if (!url.startsWith(prefix)) return url;
  return `https://channels.nixos.org/${url.slice(prefix.length)}/nixexprs.tar.xz`;
}

/** The last part of a URL without slashes at its end. */
function lastPartOf(url: string): string {
  const end = url.endsWith("/") ? url.length - 1 : url.length;
  return url.slice(url.lastIndexOf("/", end - 1) + 1, end);
}

function checkFetchedName(name: string, url: string, who: string, isNamed: boolean, isSet: boolean): void {
  try {
    checkName(name);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const soThat = "so that it can create a valid store path.";
    const advice = isNamed
      ? `Please change the value for the 'name' attribute passed to '${who}', ${soThat}`
      : isSet
        ? `Please add a valid 'name' attribute to the argument for '${who}', ${soThat}`
        : `Please pass an attribute set with 'url' and 'name' attributes to '${who}',  ${soThat}`;
    throw new NixError("eval", `invalid store path name when fetching URL '${url}': ${error.message}. ${advice}`);
  }
}

function fetchFile(interpreter: Interpreter, url: string, name: string, expected: Hash | undefined): Value {
  const { store } = interpreter;
  const place = percentDecode(url.slice("file://".length));
  return programFault(() => {
    const tree = hostTree(store.files, store.files.realPath(place));
    if (expected !== undefined) checkContents(store.files.readFile(place), url, expected);
    return storePathString(interpreter, store.add({ name, tree, method: "flat", algorithm: "sha256" }));
  });
}

function checkContents(contents: Uint8Array, url: string, expected: Hash): void {
  const got = formatPrefixedHash(hashBytes("sha256", contents), "nix32");
  const specified = formatPrefixedHash(expected, "nix32");
  if (got === specified) return;
  throw new NixError(
    "hashMismatch",
    `hash mismatch in file downloaded from '${url}':\n  specified: ${specified}\n  got:       ${got}`,
  );
}

/** The error for everything that would need a download. */
function notFetched(what: string, pinned?: StorePath): NixError {
  const advice =
    pinned === undefined
      ? "give its hash, and have the store hold it already"
      : `the store does not hold '${pinned}', which the hash says it is`;
  return new NixError("unsupported", `cannot fetch ${what}: ocinix does not download during an evaluation; ${advice}`);
}

function fetchTree(interpreter: Interpreter, argument: Lazy, who: "fetchGit" | "fetchTree"): Value {
  const value = force(argument);
  const isSet = value instanceof AttrSet;
  const given = isSet ? treeAttributes(interpreter, value, who) : urlInput(interpreter, value, who);
  const attrs = isSet || who === "fetchGit" ? withDefaults(interpreter, given, who) : given;
  const input = formatFlakeReference(interpreter, attrs);
  const narHash = attrs.get("narHash");
  const isPinned = typeof narHash === "string";
  if (interpreter.settings.pureEval && !isPinned && !attrs.has("rev")) {
    throw new NixError("eval", `in pure evaluation mode, '${who}' doesn't fetch unlocked input '${input}'`);
  }
  checkUri(interpreter, input);
  const known = fetchedResults(interpreter);
  const key = `${who} ${[...attrs].sort().join("\0")}`;
  const result = known.get(key) ?? fetchResult(interpreter, { given: attrs, input, who });
  if (result !== undefined) {
    known.set(key, result);
    return result;
  }
  if (!isPinned) throw notFetched(`'${input}'`);
  const hash = programFault(() => parseHash(narHash, "sha256"));
  const name = String(attrs.get("name") ?? "source");
  const path = programFault(() => interpreter.store.pathFor(name, "nar", "sha256", formatHash(hash, "base16")));
  if (!interpreter.store.has(path)) throw notFetched(`'${input}'`, path);
  return treeResult(storePathString(interpreter, path), attrs, hash, who);
}

/** What is on this machine; undefined for all else. */
function fetchLocally(interpreter: Interpreter, attrs: SourceAttributes, input: string): FetchedTree | undefined {
  try {
    switch (attrs.get("type")) {
      case "git":
        return fetchLocalGit(interpreter, attrs);
      case "path":
        return fetchPath(interpreter, attrs, input);
      default:
        return undefined;
    }
  } catch (error) {
    throw addFrame(fileFault(error, interpreter), `while fetching the input '${input}'`, noPos);
  }
}

function fetchPath({ store }: Interpreter, attrs: SourceAttributes, input: string): FetchedTree {
  const path = String(attrs.get("path"));
  if (!path.startsWith("/")) {
    throw new NixError("file", `cannot fetch input '${input}' because it uses a relative path`);
  }
  const place = canonicalPath(path);
  const tree = hostTree(store.files, place);
  const attributes = new Map(attrs);
  if (!attributes.has("lastModified")) attributes.set("lastModified", lastChange(store.files, place));
  return { tree, attributes, revCount: undefined };
}

/** The latest modification time of a file, or of a folder and all in it, in seconds since 1970. */
function lastChange(files: ReadableFiles, path: string): number {
  const stat = files.lstat(path);
  if (stat === undefined) return 0;
  let latest = Math.floor(stat.mtimeMs / 1000);
  if (stat.type !== "directory") return latest;
  for (const { name } of files.readDir(path)) latest = Math.max(latest, lastChange(files, `${path}/${name}`));
  return latest;
}

interface FetchedInput {
  readonly given: SourceAttributes;
  /** The URL of what was given. */
  readonly input: string;
  readonly who: "fetchGit" | "fetchTree";
}

/** What was fetched from this machine already: during one evaluation nothing changes. */
function fetchedResults(interpreter: Interpreter): Map<string, Value> {
  let results = resultsOf.get(interpreter);
  if (results === undefined) {
    results = new Map();
    resultsOf.set(interpreter, results);
  }
  return results;
}

const resultsOf = new WeakMap<Interpreter, Map<string, Value>>();

/** Undefined for what is not on this machine. */
function fetchResult(interpreter: Interpreter, { given, input, who }: FetchedInput): Value | undefined {
  const fetched = fetchLocally(interpreter, given, input);
  if (fetched === undefined) return undefined;
  const { tree, revCount } = fetched;
  const attributes = new Map(fetched.attributes);
  const { store } = interpreter;
  const name = String(given.get("name") ?? "source");
  return programFault(() => {
    const digest = hashNar(tree, "sha256", name);
    checkNarHash(given, input, digest.narHash);
    const outPath = storePathString(interpreter, store.addHashed({ name, tree }, digest));
    // C++ Nix 2.34 counts at once.
    if (revCount !== undefined && !interpreter.hasNewMessages) attributes.set("revCount", revCount());
    const later = interpreter.hasNewMessages ? revCount : undefined;
    return treeResult(outPath, attributes, digest.narHash, who, later);
  }, interpreter);
}

/** C++ Nix names the two the wrong way round. */
function checkNarHash(given: SourceAttributes, input: string, actual: Hash): void {
  const narHash = given.get("narHash");
  if (narHash === undefined) return;
  const expected = formatHash(parseHash(String(narHash), "sha256"), "sri");
  const got = formatHash(actual, "sri");
  if (got === expected) return;
  throw new NixError("hashMismatch", `NAR hash mismatch in input '${input}', expected '${got}' but got '${expected}'`);
}

function urlInput(interpreter: Interpreter, value: Value, who: string): SourceAttributes {
  const purpose = `while evaluating the first argument passed to '${who}'`;
  const url = coerceToString(interpreter, value, noPos, new ContextCollector(), purpose, { copyToStore: false });
  if (who === "fetchGit") {
    return new Map([
      ["type", "git"],
      ["url", url],
    ]);
  }
  if (!interpreter.settings.experimentalFeatures.has("flakes")) {
    throw new NixError("eval", `passing a string argument to '${who}' requires the 'flakes' experimental feature`);
  }
  return parseFlakeReference(interpreter, url);
}

/** What a Git repository is fetched with unless the program says otherwise. */
function withDefaults(
  { hasNewMessages }: Interpreter,
  given: SourceAttributes,
  who: "fetchGit" | "fetchTree",
): SourceAttributes {
  if (given.get("type") !== "git") return given;
  const attrs = new Map(given);
  const ref = attrs.get("ref");
  if (typeof ref === "string" && !isLegalRefName(ref)) {
    throw new NixError("eval", `invalid Git branch/tag name '${ref}'`);
  }
  if (who === "fetchGit") {
    const url = attrs.get("url");
    if (typeof url === "string") {
      attrs.set("url", gitUrl(url));
      if (hasNewMessages && /^(?!\/)[^:]*$/.test(url)) throw new NixError("eval", `'${url}' doesn't have a scheme`);
    }
    if (!attrs.has("exportIgnore") && attrs.get("submodules") !== true) attrs.set("exportIgnore", true);
  } else if (!attrs.has("shallow")) attrs.set("shallow", true);
  return attrs;
}

function treeAttributes(interpreter: Interpreter, args: AttrSet, who: "fetchGit" | "fetchTree"): SourceAttributes {
  const attrs = new Map<string, SourceAttribute>();
  const typeArg = args.get("type");
  if (who === "fetchGit") {
    if (typeArg !== undefined) throw new NixError("eval", "unexpected argument 'type'");
    attrs.set("type", "git");
  } else if (typeArg === undefined) {
    throw new NixError("eval", `argument 'type' is missing in call to '${who}'`);
  } else {
    const purpose = `while evaluating the \`type\` argument passed to '${who}'`;
    attrs.set("type", expectPlainString(interpreter, typeArg, args.positionOf("type"), purpose));
  }
  for (const index of args.shape.orderIn(interpreter.symbols)) {
    const key = args.names[index] as string;
    if (key !== "type") attrs.set(key, treeAttribute(interpreter, key, args.values[index] as Lazy, who));
  }
  if (who === "fetchTree" && attrs.has("name")) {
    throw new NixError("eval", `argument 'name' isn\u00e2\u0080\u0099t supported in call to '${who}'`);
  }
  return attrs;
}

function treeAttribute(interpreter: Interpreter, key: string, lazy: Lazy, who: string): SourceAttribute {
  const value = force(lazy);
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (value instanceof ContextString) return textOf(value);
  if (value instanceof NixPath) return value.path;
  if (isInt(value)) {
    if (value >= 0) return value;
    throw new NixError("eval", `negative value given for '${who}' argument '${key}': ${value}`);
  }
  if (key === "publicKeys") interpreter.requireFeature("verified-fetches");
  throw new NixError(
    "type",
    `argument '${key}' to '${who}' is ${describeType(value)} while a string, Boolean or integer is expected`,
  );
}

const noRevision = "0".repeat(40);

function treeResult(
  outPath: Value,
  attrs: SourceAttributes,
  narHash: Hash,
  who: "fetchGit" | "fetchTree",
  countRevisions?: () => number,
): Value {
  const members: [string, Lazy][] = [
    ["outPath", outPath],
    ["narHash", formatHash(narHash, "sri")],
  ];
  const isGit = attrs.get("type") === "git";
  if (isGit) members.push(["submodules", attrs.get("submodules") === true]);
  const rev = attrs.get("rev") ?? (who === "fetchGit" ? noRevision : undefined);
  if (typeof rev === "string") members.push(["rev", rev], ["shortRev", rev.slice(0, 7)]);
  const revCount = attrs.get("revCount") ?? (who === "fetchGit" ? 0 : undefined);
  if (countRevisions !== undefined) members.push(["revCount", Thunk.of(() => countRevisions(), undefined)]);
  else if (revCount !== undefined) members.push(["revCount", revCount]);
  for (const name of ["dirtyRev", "dirtyShortRev"]) {
    const value = attrs.get(name);
    if (value !== undefined) members.push([name, value]);
  }
  const lastModified = attrs.get("lastModified");
  if (typeof lastModified === "number") {
    const date = new Date(lastModified * 1000).toISOString().replace(/[-:T]|\..*/g, "");
    members.push(["lastModified", lastModified], ["lastModifiedDate", date]);
  }
  return AttrSet.from(members);
}

function fetchMercurial(interpreter: Interpreter, _pos: Pos, argument: Lazy): Value {
  const value = force(argument);
  const text = (lazy: Lazy, pos: Pos, purpose: string): string =>
    coerceToString(interpreter, lazy, pos, new ContextCollector(), purpose, { copyToStore: false });
  let url = "";
  let isRevision = false;
  if (value instanceof AttrSet) {
    for (const index of value.shape.orderIn(interpreter.symbols)) {
      const key = value.names[index] as string;
      const member = value.values[index] as Lazy;
      const pos = value.positionAt(index);
      const purpose = `while evaluating the \`${key}\` attribute passed to builtins.fetchMercurial`;
      if (key === "url") url = text(member, pos, purpose);
      else if (key === "rev")
        isRevision = /^[0-9a-fA-F]{40}$/.test(expectPlainString(interpreter, member, pos, purpose));
      else if (key === "name") expectPlainString(interpreter, member, pos, purpose);
      else throw new NixError("eval", `unsupported argument '${printAttrName(key)}' to 'fetchMercurial'`, pos);
    }
    if (url === "") throw new NixError("eval", "'url' argument required");
  } else url = text(value, noPos, "while evaluating the first argument passed to builtins.fetchMercurial");
  checkUri(interpreter, url);
  if (interpreter.settings.pureEval && !isRevision) {
    throw new NixError("eval", "in pure evaluation mode, 'fetchMercurial' requires a Mercurial revision");
  }
  throw new NixError("unsupported", `cannot fetch '${url}': ocinix does not have Mercurial repositories`);
}

function fetchClosure(interpreter: Interpreter, _pos: Pos, argument: Lazy): Value {
  const args = expectAttrs(
    interpreter,
    argument,
    noPos,
    "while evaluating the argument passed to builtins.fetchClosure",
  );
  let fromStore: string | undefined;
  let fromPath: StorePath | undefined;
  let toPath: StorePath | undefined;
  let inputAddressed = false;
  for (const index of args.shape.orderIn(interpreter.symbols)) {
    const key = args.names[index] as string;
    const value = args.values[index] as Lazy;
    const pos = args.positionAt(index);
    const purpose = `while evaluating the attribute '${key}' passed to builtins.fetchClosure`;
    const storePath = (): StorePath => coerceToStorePath(interpreter, value, pos, new ContextCollector(), purpose);
    if (key === "fromPath") fromPath = storePath();
    else if (key === "toPath") toPath = force(value, pos) === "" ? "" : storePath();
    else if (key === "fromStore") fromStore = expectPlainString(interpreter, value, pos, purpose);
    else if (key === "inputAddressed") inputAddressed = expectBool(interpreter, value, pos, purpose);
    else throw new NixError("eval", `attribute '${key}' isn't supported in call to 'fetchClosure'`);
  }
  const missing = (key: string): NixError =>
    new NixError("eval", `attribute '${key}' is missing in call to 'fetchClosure'`);
  if (fromPath === undefined) throw missing("fromPath");
  if (inputAddressed && toPath !== undefined) {
    throw new NixError(
      "eval",
      "attribute 'inputAddressed' is set to true, but 'toPath' is also set. Please remove one of them",
    );
  }
  if (fromStore === undefined) throw missing("fromStore");
  if (!/^https?:\/\//.test(fromStore)) {
    throw new NixError("eval", "'fetchClosure' only supports http:// and https:// stores");
  }
  if (fromStore.includes("?")) {
    throw new NixError("eval", `'fetchClosure' does not support URL query parameters (in '${fromStore}')`);
  }
  const wanted = toPath === undefined || toPath === "" ? fromPath : toPath;
  if (toPath !== "" && interpreter.store.has(wanted)) return storePathString(interpreter, wanted);
  throw notFetched(`'${fromPath}' from '${fromStore}'`, wanted);
}
