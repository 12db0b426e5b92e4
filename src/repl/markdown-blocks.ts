// The blocks of a Markdown text: paragraphs, headings, code, quotes, lists, tables and rules. Raw HTML is text.

export type Block =
  | { readonly kind: "paragraph"; readonly text: string }
  | { readonly kind: "heading"; readonly level: number; readonly text: string }
  | { readonly kind: "code"; readonly lines: readonly string[] }
  | { readonly kind: "quote"; readonly blocks: readonly Block[] }
  | {
      readonly kind: "list";
      /** The first number; undefined for bullets. */
      readonly start: number | undefined;
      readonly items: readonly (readonly Block[])[];
      /** Whether its items stand without empty lines between them. */
      readonly isTight: boolean;
    }
  /** Lines that stay as they are. */
  | { readonly kind: "table"; readonly lines: readonly string[] }
  | { readonly kind: "rule" };

type List = Extract<Block, { kind: "list" }>;

const heading = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/;
const rule = /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const fence = /^( {0,3})(`{3,}|~{3,})[^`]*$/;
const table = /^ *\|.*\| *$/;
const quote = /^ {0,3}> ?/;
const marker = /^( {0,3})([-*+]|(\d{1,9})[.)])(?:[ \t]+|$)/;

export function parseMarkdown(text: string): readonly Block[] {
  return new BlockParser(text.replace(/\r\n?/g, "\n").split("\n")).blocks();
}

class BlockParser {
  private readonly lines: readonly string[];
  private next = 0;

  constructor(lines: readonly string[]) {
    this.lines = lines;
  }

  blocks(): Block[] {
    const blocks: Block[] = [];
    while (this.next < this.lines.length) {
      if (isBlank(this.line)) this.next++;
      else blocks.push(this.block());
    }
    return blocks;
  }

  private get line(): string {
    return this.lines[this.next] ?? "";
  }

  private block(): Block {
    const { line } = this;
    const [, hashes = "", title = ""] = heading.exec(line) ?? [];
    if (hashes !== "") {
      this.next++;
      return { kind: "heading", level: hashes.length, text: title };
    }
    if (rule.test(line)) {
      this.next++;
      return { kind: "rule" };
    }
    if (fence.test(line)) return this.fencedCode();
    if (line.startsWith("    ")) return this.indentedCode();
    if (quote.test(line)) return { kind: "quote", blocks: new BlockParser(this.quotedLines()).blocks() };
    if (marker.test(line)) return this.list();
    return this.paragraph();
  }

  private fencedCode(): Block {
    const [, indent = "", ticks = ""] = fence.exec(this.line) ?? [];
    const end = new RegExp(`^ {0,3}${ticks[0]}{${ticks.length},}[ \\t]*$`);
    const lines: string[] = [];
    for (this.next++; this.next < this.lines.length && !end.test(this.line); this.next++) {
      lines.push(this.line.replace(new RegExp(`^ {0,${indent.length}}`), ""));
    }
    this.next++;
    return { kind: "code", lines };
  }

  private indentedCode(): Block {
    const lines: string[] = [];
    for (; this.next < this.lines.length && (isBlank(this.line) || this.line.startsWith("    ")); this.next++) {
      lines.push(this.line.slice(4));
    }
    while (isBlank(lines.at(-1) ?? "x")) lines.pop();
    return { kind: "code", lines };
  }

  private quotedLines(): string[] {
    const lines: string[] = [];
    for (; this.next < this.lines.length && !isBlank(this.line); this.next++) lines.push(this.line.replace(quote, ""));
    return lines;
  }

  private list(): List {
    const [, , , first] = marker.exec(this.line) ?? [];
    const isNumbered = first !== undefined;
    const items: (readonly Block[])[] = [];
    let isTight = true;
    for (let mark = marker.exec(this.line); mark !== null; mark = marker.exec(this.line)) {
      if ((mark[3] !== undefined) !== isNumbered || rule.test(this.line)) break;
      const { lines, hasGap } = this.itemLines(mark[0].trimEnd().length + 1);
      items.push(new BlockParser(lines).blocks());
      const next = marker.exec(this.line);
      const isLast = next === null || (next[3] !== undefined) !== isNumbered;
      if (hasGap && (lines.includes("") || !isLast)) isTight = false;
    }
    return { kind: "list", start: isNumbered ? Number(first) : undefined, items, isTight };
  }

  /** The lines of one item, without its indentation; `hasGap` when an empty line is in it or behind it. */
  private itemLines(indent: number): { readonly lines: readonly string[]; readonly hasGap: boolean } {
    const lines = [this.line.slice(indent).trimStart()];
    let blanks = 0;
    let hasGap = false;
    for (this.next++; this.next < this.lines.length; this.next++) {
      const { line } = this;
      if (isBlank(line)) {
        blanks++;
        continue;
      }
      const isInside = line.startsWith(" ".repeat(Math.min(indent, 2)));
      if (!isInside && (blanks > 0 || marker.test(line) || startsBlock(line))) break;
      for (; blanks > 0; blanks--) {
        lines.push("");
        hasGap = true;
      }
      lines.push(line.replace(new RegExp(`^ {0,${indent}}`), ""));
    }
    return { lines, hasGap: hasGap || blanks > 0 };
  }

  private paragraph(): Block {
    const lines = [this.line];
    for (this.next++; this.next < this.lines.length; this.next++) {
      if (isBlank(this.line) || startsBlock(this.line) || marker.test(this.line)) break;
      lines.push(this.line);
    }
    if (lines.length > 1 && lines.every((line) => table.test(line))) return { kind: "table", lines };
    return { kind: "paragraph", text: lines.map((line) => line.trimStart()).join("\n") };
  }
}

function startsBlock(line: string): boolean {
  return heading.test(line) || rule.test(line) || fence.test(line) || quote.test(line);
}

function isBlank(line: string): boolean {
  return line.trim() === "";
}
