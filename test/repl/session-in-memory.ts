// A session over files in memory, and what it says.
import { Evaluation, embeddedSearchPath } from "../../src/api/evaluation.ts";
import { defaultSettings, type Settings } from "../../src/evaluator/settings.ts";
import { createMemoryHost } from "../../src/host/memory-host.ts";
import { Repl } from "../../src/repl/repl.ts";

export interface SessionInMemory {
  readonly repl: Repl;
  /** What was printed since the last call. */
  readonly printed: () => string;
  readonly reported: () => unknown[];
}

export function sessionInMemory(
  files: Readonly<Record<string, string>> = {},
  options: { readonly settings?: Partial<Settings>; readonly prelude?: boolean; readonly color?: boolean } = {},
): SessionInMemory {
  const { settings, prelude = false, color = false } = options;
  const evaluation = new Evaluation({
    host: createMemoryHost(files),
    settings: { ...defaultSettings, nixPath: embeddedSearchPath, ...settings },
    storeDir: undefined,
    prelude,
    plainErrors: true,
  });
  let text = "";
  let errors: unknown[] = [];
  const terminal = {
    color,
    columns: 80,
    print: (added: string) => {
      text += added;
    },
    notice: (line: string) => {
      text += `${line}\n`;
    },
    reportError: (error: unknown) => {
      errors.push(error);
    },
    page: (added: string) => {
      text += added;
    },
    runProgram: () => ({ status: 0, signal: null }),
  };
  return {
    repl: new Repl({ evaluation, terminal, args: { given: new Map() } }),
    printed: () => {
      const since = text;
      text = "";
      return since;
    },
    reported: () => {
      const since = errors;
      errors = [];
      return since;
    },
  };
}
