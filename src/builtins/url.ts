// URLs in parts, as flake references use them. All texts are byte strings.

export interface Url {
  readonly scheme: string;
  /** `user@host:port` as it is written; undefined when there is no `//`. */
  readonly authority: string | undefined;
  /** Decoded, one per part between slashes. */
  readonly path: readonly string[];
  readonly query: ReadonlyMap<string, string>;
  readonly fragment: string;
}

const urlForm = /^([A-Za-z][A-Za-z0-9+.-]*):(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;
const authorityForm =
  /^(?:[A-Za-z0-9._~!$&'()*+,;=:%-]*@)?(?:\[[0-9A-Fa-f:.%]*\]|[A-Za-z0-9._~!$&'()*+,;=%-]*)(?::[0-9]*)?$/;
const pathForm = /^(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*$/;
// More is forgiven in what follows the path.
const queryForm = /^(?:[A-Za-z0-9._~!$&'()*+,;=:@/?[\]" -]|%[0-9A-Fa-f]{2})*$/;
const fragmentForm = /^(?:[A-Za-z0-9._~!$&'()*+,;=:@/?^" -]|%[0-9A-Fa-f]{2})*$/;

/** Undefined for what is not a URL. What is left out of the query is told to `warn`. */
export function parseUrl(text: string, warn?: (message: string) => void): Url | undefined {
  const [, scheme, authority, path = "", query = "", fragment = ""] = urlForm.exec(text) ?? [];
  if (scheme === undefined || !pathForm.test(path) || !queryForm.test(query) || !fragmentForm.test(fragment))
    return undefined;
  if (authority !== undefined && !authorityForm.test(authority)) return undefined;
  return {
    scheme: scheme.toLowerCase(),
    authority,
    path: path.split("/").map(percentDecode),
    query: parseQuery(query, warn),
    fragment: percentDecode(fragment),
  };
}

const schemeStart = /^[A-Za-z][A-Za-z0-9+.-]*:/;
const pathStart = /^(?:[A-Za-z0-9._~!$&'()*+,;=@/-]|(?<=\/.*):|%[0-9A-Fa-f]{2})*/;
const restStart = /^(?:[A-Za-z0-9._~!$&'()*+,;=:@/?[\]-]|%[0-9A-Fa-f]{2})*/;

/** What is wrong with a text that is no URL, in the words of C++ Nix; undefined for one that only lacks a scheme. */
export function urlFault(text: string): "leftover" | "mismatch" | undefined {
  if (schemeStart.test(text)) return "leftover";
  const skip = (from: number, form: RegExp): number => from + (form.exec(text.slice(from))?.[0].length ?? 0);
  let at = skip(0, pathStart);
  let isQuery = false;
  if (text[at] === "?") {
    at = skip(at + 1, restStart);
    isQuery = true;
  }
  if (text[at] === "#") {
    at = skip(at + 1, restStart);
    isQuery = false;
  }
  if (at === text.length) return undefined;
  const isCutOff = text[at] === "%" || (text[at] === ":" && at > 0);
  return isCutOff && !isQuery ? "mismatch" : "leftover";
}

export function isQuery(text: string): boolean {
  return queryForm.test(text);
}

/** Parameters without `=` are left out, which `warn` is told. */
export function parseQuery(text: string, warn?: (message: string) => void): ReadonlyMap<string, string> {
  const query = new Map<string, string>();
  if (text === "") return query;
  for (const parameter of text.split("&")) {
    const equals = parameter.indexOf("=");
    if (equals < 0) {
      const shown = parameter.replace(/[ "]/g, (byte) => percentEncode(byte, ""));
      warn?.(`dubious URI query '${shown}' is missing equal sign '=', ignoring`);
      continue;
    }
    const name = percentDecode(parameter.slice(0, equals));
    if (!query.has(name)) query.set(name, percentDecode(parameter.slice(equals + 1)));
  }
  return query;
}

export function formatUrl({ scheme, authority, path, query, fragment }: Url): string {
  const host = authority === undefined ? "" : `//${authority}`;
  const place = path.map((part) => percentEncode(part, ":@")).join("/");
  const parameters = [...query.keys()]
    .sort()
    .map((name) => `${percentEncode(name, ":@/?")}=${percentEncode(query.get(name) ?? "", ":@/?")}`);
  const search = parameters.length === 0 ? "" : `?${parameters.join("&")}`;
  return `${scheme}:${host}${place}${search}${fragment === "" ? "" : `#${percentEncode(fragment, "")}`}`;
}

/** What is wrong with the encoding of a text, if anything is. */
export function percentFault(text: string): string | undefined {
  const [wrong] = /%(?![0-9a-fA-F]{2}).{0,2}/s.exec(text) ?? [];
  if (wrong === undefined) return undefined;
  return wrong.length < 3 ? "incomplete pct-encoding" : "bad hexdig in pct-encoding";
}

export function percentDecode(text: string): string {
  return text.replace(/%([0-9a-fA-F]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

function percentEncode(text: string, keep: string): string {
  return text.replace(/[^A-Za-z0-9._~-]/g, (byte) =>
    keep.includes(byte) ? byte : `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}
