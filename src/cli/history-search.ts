// Ctrl-R: while it goes on, keys belong to the search and not to the line editor.
import type { Interface, Key } from "node:readline";
import type { ReadStream } from "node:tty";

type KeyListener = (text: string | undefined, key: Key) => void;

export class HistorySearch {
  private readonly editor: Interface;
  private readonly keys: ReadStream;
  /** Oldest first. */
  private readonly lines: readonly string[];
  private readonly prompt: () => string;
  private query = "";
  /** Where the match is in `lines`. */
  private index = 0;
  private before = { line: "", cursor: 0 };
  /** The editor's listeners, which do not listen meanwhile. */
  private others: readonly KeyListener[] = [];

  constructor(editor: Interface, keys: ReadStream, lines: readonly string[], prompt: () => string) {
    this.editor = editor;
    this.keys = keys;
    this.lines = lines;
    this.prompt = prompt;
  }

  start(): void {
    if (this.others.length > 0) return;
    this.query = "";
    this.index = this.lines.length;
    this.before = { line: this.editor.line, cursor: this.editor.cursor };
    this.others = this.keys.listeners("keypress") as KeyListener[];
    this.keys.removeAllListeners("keypress");
    this.keys.on("keypress", this.listen);
    this.show(this.before.line, this.before.cursor, true);
  }

  private readonly listen: KeyListener = (text, key) => {
    if (key.ctrl && key.name === "r") this.find(this.index - 1);
    else if (key.name === "backspace") {
      this.query = this.query.slice(0, -1);
      this.find(this.lines.length - 1);
    } else if (key.name === "escape" || (key.ctrl && (key.name === "g" || key.name === "c"))) {
      this.stop();
      this.show(this.before.line, this.before.cursor, false);
    } else if (text !== undefined && !key.ctrl && !key.meta && text >= " " && text !== "\x7f") {
      this.query += text;
      this.find(this.index);
    } else {
      // Any other key means what it means in the line that was found.
      this.stop();
      this.show(this.editor.line, this.editor.cursor, false);
      this.keys.emit("keypress", text, key);
    }
  };

  /** The newest line not after `from` that has the query in it; without one, all stays as it is. */
  private find(from: number): void {
    for (let index = Math.min(from, this.lines.length - 1); index >= 0; index--) {
      const line = this.lines[index] as string;
      const cursor = line.indexOf(this.query);
      if (cursor < 0 || this.query === "") continue;
      this.index = index;
      this.show(line, cursor, true);
      return;
    }
    this.show(this.editor.line, this.editor.cursor, true);
  }

  private show(line: string, cursor: number, isSearching: boolean): void {
    this.editor.setPrompt(isSearching ? `(reverse-i-search)\`${this.query}': ` : this.prompt());
    Object.assign(this.editor, { line, cursor });
    this.editor.prompt(true);
  }

  private stop(): void {
    this.keys.off("keypress", this.listen);
    for (const listener of this.others) this.keys.on("keypress", listener);
    this.others = [];
  }
}
