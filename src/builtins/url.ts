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
const queryForm = /^(?:[A-Za-z0-9._~!$&'()*+,;=:@/?^" -]|%[0-9A-Fa-f]{2})*$/;

/** Undefined for what is not a URL. */
export function parseUrl(text: string): Url | undefined {
  const [, scheme, authority, path = "", query = "", fragment = ""] = urlForm.exec(text) ?? [];
  if (scheme === undefined || !pathForm.test(path) || !queryForm.test(query) || !queryForm.test(fragment))
    return undefined;
  if (authority !== undefined && !authorityForm.test(authority)) return undefined;
  return {
    scheme: scheme.toLowerCase(),
    authority,
    path: path.split("/").map(percentDecode),
    query: parseQuery(query),
    fragment: percentDecode(fragment),
  };
}

/** Parameters without `=` are left out. */
export function parseQuery(text: string): ReadonlyMap<string, string> {
  const query = new Map<string, string>();
  for (const parameter of text.split("&")) {
    const equals = parameter.indexOf("=");
    if (equals < 0) continue;
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

export function percentDecode(text: string): string {
  return text.replace(/%([0-9a-fA-F]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

function percentEncode(text: string, keep: string): string {
  return text.replace(/[^A-Za-z0-9._~-]/g, (byte) =>
    keep.includes(byte) ? byte : `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}
