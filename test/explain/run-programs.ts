// Evaluates programs that fail and explains their errors, in a worker whose stack is large enough for the deep ones.
import { parentPort, workerData } from "node:worker_threads";
import { Evaluation, embeddedSearchPath } from "../../src/api/evaluation.ts";
import { forceDeep } from "../../src/evaluator/force-deep.ts";
import { defaultSettings } from "../../src/evaluator/settings.ts";
import type { DiagnosticData } from "../../src/explain/diagnostic-data.ts";
import { diagnosticData } from "../../src/explain/diagnostic-data.ts";
import { ErrorCase } from "../../src/explain/error-case.ts";
import { diagnose } from "../../src/explain/explain.ts";
import { renderDiagnostic } from "../../src/explain/report-text.ts";
import { createMemoryHost, type MemoryFile } from "../../src/host/memory-host.ts";
import { textFromBytes } from "../../src/source/bytes.ts";
import { renderError } from "../../src/source/error-report.ts";
import { NixError } from "../../src/source/nix-error.ts";

export interface Program {
  readonly name: string;
  /** Of the host's memory, by absolute path. */
  readonly files: Readonly<Record<string, MemoryFile>>;
  /** The file to evaluate. */
  readonly entry: string;
  readonly prelude: boolean;
  /** Only parse the entry. */
  readonly parseOnly?: boolean;
  readonly nixPath?: readonly { readonly prefix: string; readonly path: string }[];
}

export interface Explained {
  readonly name: string;
  /** Undefined when the program does not fail. */
  readonly data: DiagnosticData | undefined;
  /** The report as Nix has it. */
  readonly plain: string;
  /** The explanation for a terminal of 100 columns, and for one of 60. */
  readonly text: string;
  readonly narrow: string;
  /** The same with colours and with all frames. */
  readonly colored: string;
  /** Sources by name, as the evaluation saw them. */
  readonly sources: Readonly<Record<string, string>>;
}

function explain({ name, files, entry, prelude, parseOnly, nixPath = embeddedSearchPath }: Program): Explained {
  const host = createMemoryHost(files, { workingDir: "/src", writeError: () => {} });
  const settings = { ...defaultSettings, nixPath };
  const evaluation = new Evaluation({ host, settings, storeDir: undefined, prelude, callFrames: true });
  const { interpreter } = evaluation;
  try {
    evaluation.run(() => {
      if (parseOnly === true) evaluation.parseFile(entry);
      else forceDeep(interpreter, evaluation.evaluateFile(entry));
    });
    return { name, data: undefined, plain: "", text: "", narrow: "", colored: "", sources: {} };
  } catch (error) {
    if (!(error instanceof NixError)) throw error;
    const { positions } = interpreter;
    const diagnostic = diagnose(new ErrorCase(error, interpreter, (pos) => evaluation.preludeNamesAt(pos)));
    const options = { color: false, width: 100, showTrace: false, workingDir: "/src" };
    const show = (more: Partial<typeof options>): string =>
      textFromBytes(renderDiagnostic(diagnostic, { ...options, ...more }));
    return {
      name,
      data: diagnosticData(diagnostic),
      plain: textFromBytes(renderError(error, positions, { showTrace: false, color: false })),
      text: show({}),
      narrow: show({ width: 60 }),
      colored: show({ color: true, showTrace: true }),
      sources: Object.fromEntries(
        positions.all.map(({ origin, text }) => [
          origin.kind === "file" ? textFromBytes(origin.path) : origin.kind,
          text,
        ]),
      ),
    };
  } finally {
    evaluation.close();
  }
}

const { programs } = workerData as { readonly programs: readonly Program[] };
parentPort?.postMessage(
  programs.map((program) => {
    try {
      return explain(program);
    } catch (error) {
      throw new Error(`${program.name}: ${error instanceof Error ? error.stack : String(error)}`);
    }
  }),
);
