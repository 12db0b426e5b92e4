// One row of a report: characters with styles, written at columns and read as text with or without colours.

export type Style = "plain" | "primary" | "secondary" | "gutter" | "strong" | "help" | "added" | "dim";

const codes: Readonly<Record<Style, string>> = {
  plain: "",
  primary: "31;1",
  secondary: "34;1",
  gutter: "34;1",
  strong: "1",
  help: "36;1",
  added: "32;1",
  dim: "2",
};

export function paint(text: string, style: Style, color: boolean): string {
  return !color || style === "plain" || text === "" ? text : `\x1b[${codes[style]}m${text}\x1b[0m`;
}

export class StyledRow {
  private readonly cells: { readonly text: string; readonly style: Style }[] = [];

  /** Writes over what is at these columns; each character takes one. */
  put(column: number, text: string, style: Style): this {
    while (this.cells.length < column) this.cells.push({ text: " ", style: "plain" });
    for (const [index, unit] of [...text].entries()) this.cells[column + index] = { text: unit, style };
    return this;
  }

  /** Whether nothing but spaces is at these columns. */
  isFree(from: number, to: number): boolean {
    return this.cells.slice(from, to).every(({ text }) => text === " ");
  }

  render(color: boolean): string {
    let result = "";
    let run = "";
    let style: Style = "plain";
    for (const cell of this.cells) {
      if (cell.style !== style) {
        result += paint(run, style, color);
        run = "";
        style = cell.style;
      }
      run += cell.text;
    }
    return (result + paint(run, style, color)).replace(/ +$/, "");
  }
}
