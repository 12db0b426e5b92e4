// The inside of a Markdown paragraph: emphasis, code, links and escapes, as runs of text with a style.

export type SpanStyle = "plain" | "strong" | "emphasis" | "code" | "codeBlock" | "link" | "linkText";

/** A line feed in the text is a line end that was asked for; others have become spaces. */
export interface Span {
  readonly text: string;
  readonly style: SpanStyle;
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

/** In order of precedence; each begins where the text before it has nothing that begins earlier. */
const patterns = [
  /\\(?<escaped>[!-/:-@[-`{-~])/,
  /(?<break>\\\n| {2,}\n)/,
  /(?<ticks>`+)(?<code>.*?[^`])\k<ticks>(?!`)/s,
  /<(?<autolink>[a-z][a-z0-9+.-]{1,31}:[^\s<>]*)>/i,
  /!?\[(?<label>(?:\\.|[^\][\\]|\[[^\]]*\])*)\]\((?<target>[^)\s]*)(?:\s+"[^"]*")?\)/,
  /(?<strongMark>\*\*|__)(?=\S)(?<strong>.*?\S)\k<strongMark>/s,
  /\*(?=[^\s*])(?<star>.*?[^\s*])\*(?!\*)/s,
  /(?<![A-Za-z0-9])_(?=[^\s_])(?<underscore>.*?[^\s_])_(?![A-Za-z0-9])/s,
  /&(?<entity>[a-z]+);/,
] as const;

/** The spans of a text. */
export function spansOf(text: string, style: SpanStyle = "plain"): Span[] {
  const match = firstMatch(text);
  if (match === undefined) return [plain(text, style)];
  const groups = match.groups ?? {};
  const before = text.slice(0, match.index);
  const rest = spansOf(text.slice(match.index + match[0].length), style);
  return [plain(before, style), ...spansOfMatch(match[0], groups, style), ...rest];
}

function firstMatch(text: string): RegExpExecArray | undefined {
  let first: RegExpExecArray | undefined;
  for (const pattern of patterns) {
    const match = pattern.exec(text);
    if (match !== null && (first === undefined || match.index < first.index)) first = match;
  }
  return first;
}

function spansOfMatch(whole: string, groups: Readonly<Record<string, string | undefined>>, style: SpanStyle): Span[] {
  const { escaped, code, autolink, label, target, strong, entity } = groups;
  if (escaped !== undefined) return [{ text: escaped, style }];
  if (groups["break"] !== undefined) return [{ text: "\n", style }];
  if (code !== undefined) return [{ text: code.replaceAll("\n", " ").replace(/^ (.*\S.*) $/, "$1"), style: "code" }];
  if (autolink !== undefined) return [{ text: autolink, style: "link" }];
  if (label !== undefined) {
    const isRelative = target === undefined || !/^[a-z][a-z0-9+.-]*:/i.test(target);
    const shown = spansOf(label, "linkText");
    return isRelative ? shown : [...shown, { text: " ", style }, { text: target, style: "link" }];
  }
  if (strong !== undefined) return spansOf(strong, "strong");
  const emphasis = groups["star"] ?? groups["underscore"];
  if (emphasis !== undefined) return spansOf(emphasis, style === "strong" ? "strong" : "emphasis");
  if (entity !== undefined) return [{ text: entities[entity] ?? whole, style }];
  return [{ text: whole, style }];
}

function plain(text: string, style: SpanStyle): Span {
  return { text: text.replaceAll("\n", " "), style };
}
