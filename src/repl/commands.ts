// The commands of a session, `:a` to `:te`: what the help says of them and what they do.
import { NixError } from "../source/nix-error.ts";
import { suggestNames } from "../source/suggestions.ts";
import { describeType } from "../value/print.ts";
import { ContextString, textOf } from "../value/string-context.ts";
import { buildDerivation } from "./build-derivation.ts";
import { documentationOf } from "./documentation.ts";
import { editSource } from "./editing.ts";
import { evaluateFlake } from "./flake.ts";
import { renderMarkdown } from "./markdown.ts";
import type { ReplSession, ReplSource } from "./session.ts";

export interface ReplCommand {
  /** Every spelling, with the colon. */
  readonly names: readonly string[];
  /** What follows the name; none for nothing. */
  readonly argument?: "EXPR" | "PATH" | "FLAKE" | "[true|false]";
  /** One line for the help. */
  readonly summary: string;
  /** `argument` is what follows the name, without the space between them. Throws IncompleteInput and NixError. */
  readonly run: (session: ReplSession, argument: string) => void;
}

export const replCommands: readonly ReplCommand[] = [
  {
    names: [":a", ":add"],
    argument: "EXPR",
    summary: "Make the attributes of a set variables",
    run: (session, argument) => session.addAttributes(session.evaluate(argument)),
  },
  {
    names: [":b"],
    argument: "EXPR",
    summary: "Build a derivation and print where its outputs are",
    run: (session, argument) => buildDerivation(session, argument, { link: false }),
  },
  {
    names: [":bl"],
    argument: "EXPR",
    summary: "The same, with links ./repl-result-OUTPUT to the outputs",
    run: (session, argument) => buildDerivation(session, argument, { link: true }),
  },
  {
    names: [":doc"],
    argument: "EXPR",
    summary: "Show the documentation of a function or an attribute",
    run: ({ evaluation, scope, terminal }, argument) => {
      const markdown = evaluation.run(() => documentationOf(evaluation, scope, argument));
      if (markdown === undefined) throw new NixError("eval", "value does not have documentation");
      terminal.print(`${renderMarkdown(markdown, terminal)}\n`);
    },
  },
  {
    names: [":e", ":edit"],
    argument: "EXPR",
    summary: "Open a file, a function or a package in $EDITOR, then reload",
    run: (session, argument) => {
      editSource(session, argument);
      session.reload();
    },
  },
  {
    names: [":l", ":load"],
    argument: "PATH",
    summary: "Load a file and make its attributes variables",
    run: (session, argument) => {
      session.forgetFiles();
      session.load(session.fileSource(argument));
    },
  },
  {
    names: [":lf", ":load-flake"],
    argument: "FLAKE",
    summary: "The same for the outputs of a flake",
    run: (session, argument) => {
      if (argument === "") {
        const advice = "(Use '.' for the current working directory.)";
        throw new NixError("usage", `cannot use ':load-flake' without a path specified. ${advice}`);
      }
      session.forgetFiles();
      session.load(flakeSource(session, argument));
    },
  },
  {
    names: [":ll", ":last-loaded"],
    summary: "List the variables that were added last",
    run: (session) =>
      session.terminal.page(
        session
          .namesLoadedLast()
          .map((name) => `${name}\n`)
          .join(""),
      ),
  },
  {
    names: [":p", ":print"],
    argument: "EXPR",
    summary: "Print a value with all that is in it; a string as it is",
    run: (session, argument) => {
      const value = session.evaluate(argument);
      const isString = typeof value === "string" || value instanceof ContextString;
      session.terminal.print(`${isString ? textOf(value) : session.show(value, Number.POSITIVE_INFINITY)}\n`);
    },
  },
  {
    names: [":r", ":reload"],
    summary: "Load everything again that was loaded; other variables are forgotten",
    run: (session) => session.reload(),
  },
  {
    names: [":t"],
    argument: "EXPR",
    summary: "Say of what type a value is",
    run: (session, argument) => session.terminal.print(`${describeType(session.evaluate(argument))}\n`),
  },
  {
    names: [":te", ":trace-enable"],
    argument: "[true|false]",
    summary: "Show all of the trace of an error, or not; without an argument, the other",
    run: (session, argument) => {
      if (!/^(?:true|false|)$/.test(argument)) throw new NixError("usage", `unexpected argument '${argument}' to :te`);
      session.showTrace = argument === "" ? !session.showTrace : argument === "true";
      session.terminal.print(`${session.showTrace ? "showing" : "not showing"} error traces\n`);
    },
  },
  {
    names: [":q", ":quit"],
    summary: "Leave; so does Ctrl-D",
    run: (session) => {
      session.hasQuit = true;
    },
  },
  {
    names: [":?", ":help"],
    summary: "This list",
    run: ({ terminal }) => terminal.print(replHelp()),
  },
];

/** Commands of C++ Nix that make no sense here, and what to do instead. */
const missingCommands: ReadonlyMap<string, string> = new Map([
  [":i", "ocinix has no profiles to install into; ':b' builds, and ':bl' links to what was built"],
  [":u", "ocinix has no shells to work in; ':b' builds"],
  [":sh", "ocinix has no shells to work in; ':b' builds"],
  [":log", "ocinix keeps no logs of builds"],
]);

/** The command with this name. Throws NixError for a name that means nothing. */
export function commandNamed(name: string): ReplCommand {
  const found = replCommands.find(({ names }) => names.includes(name));
  if (found !== undefined) return found;
  const missing = missingCommands.get(name);
  if (missing !== undefined) throw new NixError("unsupported", `there is no ${name} here: ${missing}`);
  const candidates = replCommands.flatMap(({ names }) => names).filter((candidate) => candidate.length > 3);
  throw new NixError("usage", `unknown command '${name}'`).suggest(suggestNames(candidates, name));
}

function flakeSource({ evaluation }: ReplSession, reference: string): ReplSource {
  return {
    key: `flake ${reference}`,
    title: `flake '${reference}'`,
    load: () => evaluateFlake(evaluation, reference),
  };
}

function replHelp(): string {
  const lines: (readonly [what: string, meaning: string])[] = [
    ["EXPR", "Print the value of an expression"],
    ["NAME = EXPR", "Make a variable; also 'a.b = 1; c = 2' and 'inherit (SET) NAME'"],
    ...replCommands.map(({ names, argument, summary }) => {
      return [[names.join(", "), ...(argument === undefined ? [] : [argument])].join(" "), summary] as const;
    }),
  ];
  const list = lines.map(([what, meaning]) => `  ${what.padEnd(34)}${meaning}\n`).join("");
  return `What can be entered:\n\n${list}\nAn expression may have several lines. Tab completes, Ctrl-C stops an evaluation.\n`;
}
