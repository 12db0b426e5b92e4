// The terminal side of a session: Node's line editor, with the search through what was entered before that it lacks,
// lines pasted at once taken together, and SIGINT, which the terminal only sends while nothing is being read.
import readline from "node:readline";
import { Interruption, type InterruptWatch } from "../host/interrupt-watch.ts";
import { complete } from "../repl/completion.ts";
import { inputsIn } from "../repl/pasted-input.ts";
import type { Repl } from "../repl/repl.ts";
import { bytesFromText, textFromBytes } from "../source/bytes.ts";
import { HistorySearch } from "./history-search.ts";
import type { ReplHistory } from "./repl-history.ts";

export const prompts = { first: "nix-repl> ", more: "        > " } as const;

/** More completions than these are not listed. */
const mostListed = 400;

/** Makes a terminal mark what is pasted. */
const markPastes = process.env["TERM"] === "dumb" ? { on: "", off: "" } : { on: "\x1b[?2004h", off: "\x1b[?2004l" };

export class ReplPrompt {
  private readonly repl: Repl;
  private readonly history: ReplHistory;
  private readonly watch: InterruptWatch;
  private readonly editor: readline.Interface;
  /** Earlier lines of the input. */
  private input = "";
  /** Lines of the input that were pasted and not evaluated. */
  private pasted: string[] = [];
  private isPasting = false;
  private hasQuit = false;
  /** What ended the session in place of the user. */
  private fault: unknown;

  constructor(repl: Repl, history: ReplHistory, watch: InterruptWatch) {
    this.repl = repl;
    this.history = history;
    this.watch = watch;
    this.editor = readline.createInterface({
      input: process.stdin,
      output: process.stdout,
      terminal: true,
      history: history.lines.toReversed(),
      historySize: 1000,
      prompt: prompts.first,
      completer: (line: string) => this.complete(line),
    });
  }

  /** Reads and evaluates until the user leaves. Throws what `Repl.submit` throws. */
  async run(): Promise<void> {
    const { editor } = this;
    // While nothing of ours waits for it: for what InterruptWatch does not see.
    process.on("SIGINT", () => {});
    const search = new HistorySearch(editor, process.stdin, this.history.lines, () => this.prompt);
    process.stdin.on("keypress", (_text, key: readline.Key) => {
      if (key.name === "paste-start") this.isPasting = true;
      else if (key.name === "paste-end") this.isPasting = false;
      else if (key.ctrl && key.name === "r" && !this.isPasting) search.start();
    });
    const closed = new Promise((resolve) => editor.on("close", resolve));
    editor.on("line", (line) => {
      try {
        this.enter(line);
      } catch (error) {
        this.fault = error;
        editor.close();
      }
    });
    editor.on("SIGINT", () => this.clear());
    this.ask();
    // Behind the prompt, since the thread takes a moment, and before anything can be entered.
    this.watch.start();
    await closed;
    process.stdout.write(markPastes.off);
    if (this.fault !== undefined) throw this.fault;
    if (!this.hasQuit) process.stdout.write("\n");
  }

  private get prompt(): string {
    return this.input === "" && this.pasted.length === 0 ? prompts.first : prompts.more;
  }

  private ask(): void {
    process.stdout.write(markPastes.on);
    this.editor.setPrompt(this.prompt);
    this.editor.prompt();
  }

  private enter(line: string): void {
    this.history.add(line);
    if (this.isPasting) {
      this.pasted.push(line);
      this.ask();
      return;
    }
    const lines = [...this.pasted, line];
    this.pasted = [];
    const { evaluation } = this.repl.session;
    // What goes on with an input that is not complete belongs to it in any case.
    const isOne = lines.length === 1 || this.input !== "";
    for (const input of isOne
      ? [lines.join("\n")]
      : inputsIn(evaluation, lines.map(bytesFromText)).map(textFromBytes)) {
      this.submit(input);
      if (this.hasQuit) {
        this.editor.close();
        return;
      }
    }
    this.ask();
  }

  private submit(text: string): void {
    this.input += `${text}\n`;
    process.stdout.write(markPastes.off);
    const result = this.evaluating(() => this.repl.submit(bytesFromText(this.input)));
    if (result !== "more") this.input = "";
    this.hasQuit = result === "quit";
  }

  /** Gives the terminal back meanwhile, which then sends SIGINT for Ctrl-C. */
  private evaluating<T>(action: () => T): T {
    process.stdin.setRawMode(false);
    try {
      return this.watch.during(action);
    } finally {
      process.stdin.setRawMode(true);
    }
  }

  /** Ctrl-C: another prompt, and nothing of what was typed for this one. */
  private clear(): void {
    const { editor } = this;
    editor.write(null, { ctrl: true, name: "e" });
    process.stdout.write("^C\n");
    // The editor has no call that forgets a line without erasing it.
    Object.assign(editor, { line: "", cursor: 0, prevRows: 0 });
    this.input = "";
    this.pasted = [];
    this.ask();
  }

  private complete(line: string): [string[], string] {
    try {
      const { typed, candidates } = this.evaluating(() => complete(this.repl.session, bytesFromText(line)));
      if (candidates.length > mostListed && commonStart(candidates) === typed) {
        process.stdout.write(`\n(${candidates.length} possibilities)\n`);
        this.editor.prompt(true);
        return [[], line];
      }
      return [candidates.map(textFromBytes), textFromBytes(typed)];
    } catch (error) {
      if (!(error instanceof Interruption)) throw error;
      return [[], line];
    }
  }
}

function commonStart(texts: readonly string[]): string {
  const [first = "", ...others] = texts;
  let length = first.length;
  for (const text of others) while (!text.startsWith(first.slice(0, length))) length--;
  return first.slice(0, length);
}
