// `ocinix repl`: a session in a terminal, or one that a pipe feeds.
import { enableBuilding } from "../api/build.ts";
import type { Evaluation } from "../api/evaluation.ts";
import { selectAttrPath } from "../evaluator/attr-path.ts";
import type { AutoArguments } from "../evaluator/auto-call.ts";
import { Interruption, InterruptWatch } from "../host/interrupt-watch.ts";
import { Repl } from "../repl/repl.ts";
import type { ReplSource } from "../repl/session.ts";
import type { ReplTerminal } from "../repl/terminal.ts";
import type { ParsedArguments } from "./arguments.ts";
import { givenArguments, startEvaluation } from "./entry-evaluation.ts";
import { entryRequest } from "./entry-request.ts";
import { exitStatus } from "./exit-status.ts";
import { ReplHistory } from "./repl-history.ts";
import { prompts, ReplPrompt } from "./repl-prompt.ts";
import { reportError } from "./report.ts";
import type { Session } from "./session.ts";
import { UsageError } from "./usage-error.ts";
import { version } from "./version.ts";

export async function replCommand(parsed: ParsedArguments, session: Session): Promise<number> {
  if (parsed.rest !== undefined) throw new UsageError("'--' and arguments after it are for 'ocinix run'");
  const evaluation = startEvaluation(parsed, session, { prelude: !parsed.has("noPrelude"), plainErrors: true });
  enableBuilding(evaluation);
  try {
    const request = entryRequest(parsed);
    const given = evaluation.run(() => givenArguments(evaluation, request));
    const args = evaluation.prelude?.arguments(given) ?? { given };
    const watch = new InterruptWatch();
    const repl = new Repl({ evaluation, terminal: terminalOf(session, watch), args });
    session.host.writeError(`ocinix ${version}\nType :? for help.\n`);
    repl.start(replSources(parsed, evaluation, args));
    await (isInteractive() ? converse(repl, evaluation, watch) : readAll(repl, session));
  } finally {
    evaluation.close();
  }
  return exitStatus.success;
}

/** What the command line says to load: files in order, or expressions. */
function replSources(parsed: ParsedArguments, evaluation: Evaluation, args: AutoArguments): ReplSource[] {
  const { interpreter } = evaluation;
  const files = parsed.occurrences("file").map(([file = ""]) => file);
  const sources = [
    ...(parsed.has("expr") ? files : [...files, ...parsed.operands]).map((file) => ({
      title: `"${file}"`,
      key: `file ${file}`,
      load: () => evaluation.importEntry(file),
    })),
    ...(parsed.has("expr") ? parsed.operands : []).map((text) => ({
      title: "the expression",
      key: `expression ${text}`,
      load: () => evaluation.evaluateText(text, "string"),
    })),
  ];
  const attrPaths = entryRequest(parsed).attrPaths;
  return sources.flatMap(({ title, key, load }) =>
    attrPaths.map((attrPath) => ({
      title: attrPath === "" ? title : `${title} ${attrPath}`,
      key: attrPath === "" ? key : `${key} ${attrPath}`,
      load: () => selectAttrPath(interpreter, load(), attrPath, args),
    })),
  );
}

function terminalOf(session: Session, watch: InterruptWatch): ReplTerminal {
  const { host } = session;
  return {
    color: session.showsColor(1),
    // Nix leaves so much of the window free.
    columns: (process.stdout.columns ?? 0) - 5,
    print: (text) => printInParts(text, session, watch),
    notice: (line) => host.writeError(`${line}\n`),
    reportError: (error, { showTrace }) => {
      session.showTrace = showTrace;
      // The terminal has written ^C.
      if (error instanceof Interruption) host.writeError("\n");
      if (reportError(error, session) === exitStatus.brokenPipe) throw error;
    },
    page: (text) => watch.outside(() => page(text, session)),
    runProgram: (program, args) => watch.outside(() => host.run(program, args, { inheritOutput: true })),
  };
}

/** In bytes. */
const printedAtOnce = 1 << 14;

/** Prints a text whose lines may be many, so that Ctrl-C stops it between two of them. */
function printInParts(text: string, session: Session, watch: InterruptWatch): void {
  for (let start = 0; start < text.length; ) {
    if (start > 0) watch.check();
    const lineEnd = text.lastIndexOf("\n", start + printedAtOnce);
    const end = lineEnd < start || text.length < start + printedAtOnce ? start + printedAtOnce : lineEnd + 1;
    session.print(text.slice(start, end));
    start = end;
  }
}

/** Shows a text with the user's pager when it does not fit in the terminal. */
function page(text: string, session: Session): void {
  const { host } = session;
  const lines = text.split("\n").length;
  const pager = host.env("NIX_PAGER") ?? host.env("PAGER") ?? "less";
  const { isTTY, rows } = process.stdout;
  if (!isTTY || rows === 0 || lines < rows || pager === "" || pager === "cat") {
    session.print(text);
    return;
  }
  host.run("/bin/sh", ["-c", pager], { input: Buffer.from(text, "latin1"), inheritOutput: true });
}

function isInteractive(): boolean {
  return process.stdin.isTTY && process.stdout.isTTY;
}

/** Takes inputs from a terminal until the user leaves. */
async function converse(repl: Repl, { interpreter, host }: Evaluation, watch: InterruptWatch): Promise<void> {
  interpreter.allowInterrupts(() => watch.check());
  await new ReplPrompt(repl, new ReplHistory(host), watch).run();
}

/** Takes inputs from standard input to its end. What C++ Nix has for transcripts shows them too. */
async function readAll(repl: Repl, session: Session): Promise<void> {
  const isEchoed = session.host.env("_NIX_TEST_REPL_ECHO") === "1";
  let input = "";
  let rest = "";
  for await (const chunk of process.stdin.setEncoding("latin1")) {
    const lines = `${rest}${chunk}`.split("\n");
    rest = lines.pop() as string;
    for (const line of lines) {
      if (isEchoed) session.print(`${input === "" ? prompts.first : prompts.more}${line}\n`);
      const result = repl.submit(`${input}${line}\n`);
      if (result === "quit") return;
      input = result === "more" ? `${input}${line}\n` : "";
    }
  }
  repl.finish(input + rest);
  session.print("\n");
}
