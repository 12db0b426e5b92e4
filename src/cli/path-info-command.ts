// `ocinix store path-info`: what the store knows of its objects, in lines or as JSON, as `nix path-info` prints it.
import { quoteJson } from "../evaluator/json.ts";
import { NixError } from "../source/nix-error.ts";
import type { StorePath } from "../store/eval-store.ts";
import { formatHash, parseBareHash, parseHashAlgorithm } from "../store/hash.ts";
import type { LocalStore } from "../store/local-store.ts";
import type { PathInfo } from "../store/path-info.ts";
import { sizeText } from "../store/size-text.ts";
import { storeDir } from "../store/store-path.ts";
import type { ParsedArguments } from "./arguments.ts";
import { exitStatus } from "./exit-status.ts";
import { indentJson } from "./json-indent.ts";
import { isPretty } from "./pretty.ts";
import type { Session } from "./session.ts";
import { parseInteger } from "./setting-kinds.ts";
import { objectOperands, referencesFirst, withStore } from "./store-operands.ts";

type JsonFormat = 1 | 2 | 3;

export function pathInfoCommand(parsed: ParsedArguments, session: Session): number {
  const format = jsonFormatOf(parsed);
  return withStore(parsed, session, (local) => {
    const given = objectOperands(local, parsed, session);
    const paths = referencesFirst(local, parsed.has("recursive") ? local.closure(given) : given);
    if (parsed.has("json")) printJson(local, paths, format, parsed, session);
    else printLines(local, paths, parsed, session);
    return exitStatus.success;
  });
}

function jsonFormatOf(parsed: ParsedArguments): JsonFormat | undefined {
  const text = parsed.value("jsonFormat");
  if (text === undefined) return undefined;
  const format = Number(parseInteger(text, 64n));
  if (format === 1 || format === 2 || format === 3) return format;
  throw new NixError("eval", `unsupported path info JSON format version ${format}; supported versions are 1, 2 and 3`);
}

function printLines(local: LocalStore, paths: readonly StorePath[], parsed: ParsedArguments, session: Session): void {
  const width = Math.max(0, ...paths.map((path) => path.length));
  const size = (bytes: number): string =>
    `\t${parsed.has("humanReadable") ? sizeText(bytes, true) : String(bytes).padStart(11)}`;
  const hasColumns = parsed.has("size") || parsed.has("closureSize") || parsed.has("sigs");
  const sizes = new ClosureSizes(local);
  for (const path of paths) {
    const info = local.pathInfo(path);
    let line = hasColumns ? path.padEnd(width) : path;
    if (parsed.has("size")) line += size(info.narSize);
    if (parsed.has("closureSize")) line += size(sizes.of(path));
    if (parsed.has("sigs")) line += `\t${trustOf(info).join(" ")}`;
    session.print(`${line}\n`);
  }
}

/** Why an object is trusted. */
function trustOf({ ultimate, ca, sigs = [] }: PathInfo): readonly string[] {
  return [...(ultimate ? ["ultimate"] : []), ...(ca === undefined ? [] : [`ca:${ca}`]), ...sigs];
}

/** Sizes of closures, where each object is looked up once: closures of a whole store share most of it. */
class ClosureSizes {
  private readonly local: LocalStore;
  private readonly infos = new Map<StorePath, PathInfo>();

  constructor(local: LocalStore) {
    this.local = local;
  }

  /** In bytes of NAR. */
  of(root: StorePath): number {
    let size = 0;
    const closure = new Set([root]);
    // A set gives what is added to it during the loop as well.
    for (const path of closure) {
      const info = this.infos.get(path) ?? this.local.pathInfo(path);
      this.infos.set(path, info);
      size += info.narSize;
      for (const reference of info.references) closure.add(reference);
    }
    return size;
  }
}

function printJson(
  local: LocalStore,
  paths: readonly StorePath[],
  given: JsonFormat | undefined,
  parsed: ParsedArguments,
  session: Session,
): void {
  if (given === undefined) {
    session.warn(
      "'--json' without '--json-format' is deprecated; please specify '--json-format 1' or '--json-format 2'. " +
        "This will become an error in a future release.",
    );
  }
  const format = given ?? 1;
  const sizes = parsed.has("closureSize") ? new ClosureSizes(local) : undefined;
  const members = [...paths].sort().map((path) => {
    const text = local.isValid(path) ? infoJson(local.pathInfo(path), format, sizes?.of(path)) : "null";
    return `${pathJson(path, format)}:${text}`;
  });
  const infos = `{${members.join()}}`;
  const json = format === 1 ? infos : `{"info":${infos},"storeDir":${quoteJson(storeDir)},"version":${format}}`;
  session.print(`${isPretty(parsed) ? indentJson(json) : json}\n`);
}

function infoJson(info: PathInfo, format: JsonFormat, closureSize: number | undefined): string {
  const { ca, deriver, narHash, narSize, references, registrationTime, sigs = [], ultimate } = info;
  const signatures = sigs.map((sig) => {
    if (format < 3) return quoteJson(sig);
    const colon = sig.indexOf(":");
    return `{"keyName":${quoteJson(sig.slice(0, colon))},"sig":${quoteJson(sig.slice(colon + 1))}}`;
  });
  const fields = [
    `"ca":${ca === undefined ? "null" : format === 1 ? quoteJson(ca) : contentAddressJson(ca)}`,
    ...(closureSize === undefined ? [] : [`"closureSize":${closureSize}`]),
    `"deriver":${deriver === undefined ? "null" : pathJson(deriver, format)}`,
    `"narHash":${quoteJson(sriOf("sha256", narHash))}`,
    `"narSize":${narSize}`,
    `"references":[${references.map((reference) => pathJson(reference, format)).join()}]`,
    `"registrationTime":${registrationTime === 0 ? "null" : registrationTime}`,
    `"signatures":[${signatures.join()}]`,
    `"storeDir":${quoteJson(storeDir)}`,
    `"ultimate":${ultimate === true}`,
    `"version":${format}`,
  ];
  return `{${fields.join()}}`;
}

function pathJson(path: StorePath, format: JsonFormat): string {
  return quoteJson(format === 1 ? path : path.slice(storeDir.length + 1));
}

/** From `fixed:r:sha256:<nix32>` and the like. */
function contentAddressJson(ca: string): string {
  const [, prefix, algorithm = "", digits = ""] = /^(.*):([a-z0-9]+):([0-9a-z]+)$/.exec(ca) ?? [];
  const methods = new Map([
    ["text", "text"],
    ["fixed", "flat"],
    ["fixed:r", "nar"],
    ["fixed:git", "git"],
  ]);
  const method = methods.get(prefix ?? "") ?? "";
  return `{"hash":${quoteJson(sriOf(algorithm, digits))},"method":${quoteJson(method)}}`;
}

function sriOf(algorithm: string, digits: string): string {
  return formatHash(parseBareHash(digits, parseHashAlgorithm(algorithm)), "sri");
}
