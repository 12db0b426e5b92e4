// Markdown for a terminal: as much of CommonMark as doc comments use, laid out as Nix lays it out.
import { bytesFromText, textFromBytes } from "../source/bytes.ts";
import { type Block, parseMarkdown } from "./markdown-blocks.ts";
import { type Span, type SpanStyle, spansOf } from "./markdown-spans.ts";

export interface MarkdownOptions {
  /** The width to fill; less than 60 counts as 60. */
  readonly columns: number;
  readonly color: boolean;
}

const leastColumns = 60;

const styles: Readonly<Record<SpanStyle | "heading" | "subheading" | "marker" | "rule", string>> = {
  plain: "",
  strong: "1",
  emphasis: "3",
  code: "1;94",
  link: "4;32",
  linkText: "1;93",
  codeBlock: "1",
  heading: "1;91",
  subheading: "1;36",
  marker: "93",
  rule: "37",
};

/** Renders a byte string as another, without a line end after the last line. */
export function renderMarkdown(markdown: string, options: MarkdownOptions): string {
  const columns = Math.max(options.columns, leastColumns);
  const lines = new MarkdownRenderer(options.color).blocks(parseMarkdown(textFromBytes(markdown)), columns);
  return bytesFromText(lines.map((line) => line.trimEnd()).join("\n"));
}

/** Text of one style that may be broken at its spaces. */
type Style = keyof typeof styles;

class MarkdownRenderer {
  private readonly color: boolean;

  constructor(color: boolean) {
    this.color = color;
  }

  blocks(blocks: readonly Block[], columns: number, isTight = false): string[] {
    return blocks.flatMap((block, index) => {
      const lines = this.block(block, columns);
      return index === 0 || isTight ? lines : ["", ...lines];
    });
  }

  private block(block: Block, columns: number): string[] {
    switch (block.kind) {
      case "paragraph":
        return this.fill(spansOf(block.text), columns);
      case "heading": {
        const style = block.level === 1 ? "heading" : "subheading";
        const mark = block.level === 1 ? "" : this.paint(style, `${"#".repeat(block.level)} `);
        return this.fill(spansOf(block.text), columns, style).map((line, index) => (index === 0 ? mark + line : line));
      }
      case "code":
        return block.lines.map((line) => this.paint("code", "  \u2502 ") + this.paint("codeBlock", line));
      case "quote":
        return this.blocks(block.blocks, columns - 4).map((line) => this.paint("marker", "  \u2502 ") + line);
      case "list":
        return block.items.flatMap((item, index) => {
          const number = block.start === undefined ? undefined : block.start + index;
          const mark = number === undefined ? "  \u00b7 " : `${`${number}.`.padStart(3)} `;
          const lines = this.blocks(item, columns - mark.length, block.isTight);
          const indented = lines.map(
            (line, i) => (i === 0 ? this.paint("marker", mark) : " ".repeat(mark.length)) + line,
          );
          return index === 0 || block.isTight ? indented : ["", ...indented];
        });
      case "table":
        return [...block.lines];
      case "rule":
        return [this.paint("rule", "\u2500".repeat(columns))];
    }
  }

  /** Breaks text into lines that are not longer than the width, where its words allow it. */
  private fill(spans: readonly Span[], columns: number, base: Style = "plain"): string[] {
    const lines: string[] = [];
    let line = "";
    let length = 0;
    /** Pieces of a word that has several styles. */
    let word: { readonly text: string; readonly style: Style }[] = [];
    const endWord = (): void => {
      const width = word.reduce((sum, { text }) => sum + text.length, 0);
      if (width === 0) return;
      if (length > 0 && length + 1 + width > columns) endLine();
      const space = length > 0 ? " " : "";
      line += space + word.map(({ text, style }) => this.paint(style, text)).join("");
      length += space.length + width;
      word = [];
    };
    const endLine = (): void => {
      lines.push(line);
      line = "";
      length = 0;
    };
    for (const { text, style } of spans) {
      for (const piece of text.split(/( +|\n)/)) {
        if (piece === "") continue;
        if (/^[ \n]/.test(piece)) endWord();
        if (piece === "\n") endLine();
        else if (!piece.startsWith(" ")) word.push({ text: piece, style: style === "plain" ? base : style });
      }
    }
    endWord();
    if (length > 0) endLine();
    return lines;
  }

  private paint(style: Style, text: string): string {
    const code = styles[style];
    return this.color && code !== "" && text !== "" ? `\x1b[${code}m${text}\x1b[0m` : text;
  }
}
