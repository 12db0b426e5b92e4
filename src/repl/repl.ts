// A read-eval-print loop without the loop: it takes inputs one by one, and whoever reads them decides when they come.
import { commandNamed } from "./commands.ts";
import { IncompleteInput, parseCode, splitInput } from "./input.ts";
import { ReplSession, type ReplSource, type SessionOptions } from "./session.ts";

/** What comes next: another input, more of this one, or nothing. */
export type ReplResult = "next" | "more" | "quit";

export class Repl {
  readonly session: ReplSession;

  constructor(options: SessionOptions) {
    this.session = new ReplSession(options);
  }

  /** Loads what the session begins with; what fails is reported and loaded again by `:r`. */
  start(sources: readonly ReplSource[]): void {
    for (const source of sources) this.session.tryLoad(source);
  }

  /** Takes one input (a byte string), which has several lines when earlier ones were answered with `more`. */
  submit(input: string): ReplResult {
    const { session } = this;
    try {
      this.run(input);
      if (session.hasQuit) return "quit";
    } catch (error) {
      if (error instanceof IncompleteInput) return "more";
      session.report(error);
    }
    session.endOutput();
    return "next";
  }

  /** Takes an input after which no more will come; where one could, that is an error. */
  finish(input: string): void {
    if (splitInput(input).kind === "nothing" || this.submit(input) !== "more") return;
    try {
      this.run(input);
    } catch (error) {
      this.session.report(error instanceof IncompleteInput ? error.fault : error);
    }
  }

  private run(text: string): void {
    const { session } = this;
    const input = splitInput(text);
    switch (input.kind) {
      case "nothing":
        return;
      case "command":
        commandNamed(input.name).run(session, input.argument);
        return;
      case "code": {
        const { evaluation, scope, terminal } = session;
        const code = evaluation.run(() => parseCode(evaluation, input.text));
        if (code.kind === "bindings") {
          evaluation.run(() => scope.bind(code.attrs));
          return;
        }
        const value = evaluation.run(() => scope.evaluate(code.expr));
        terminal.print(`${session.show(value, 1)}\n`);
        return;
      }
    }
  }
}
