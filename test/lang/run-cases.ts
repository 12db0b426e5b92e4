// Runs language cases, in a worker whose stack is large enough for programs that call 10,000 deep.
import fs from "node:fs";
import path from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { Evaluation } from "../../src/api/evaluation.ts";
import { type CommandSpec, parseArguments } from "../../src/cli/arguments.ts";
import { evaluationSettings } from "../../src/cli/evaluation-settings.ts";
import { readConfig } from "../../src/cli/nix-config.ts";
import { forceDeep } from "../../src/evaluator/force-deep.ts";
import type { MessageVersion } from "../../src/evaluator/settings.ts";
import { createMemoryHost, type MemoryFile } from "../../src/host/memory-host.ts";
import { renderError } from "../../src/source/error-report.ts";
import { NixError } from "../../src/source/nix-error.ts";
import { printAmbiguous } from "../../src/value/print.ts";

/** What to run: a case such as `okay/list-map`. */
export interface CaseRequest {
  readonly name: string;
  readonly messageVersion: MessageVersion;
  readonly showTrace: boolean;
  readonly tier: Tier;
}

/** How functions run: as closures, or as JavaScript from their first call. Those in traces are always closures. */
export type Tier = "closures" | "JavaScript";

/** Byte strings, as nix-instantiate would write them; `output` is undefined when the evaluation fails. */
export interface CaseResult extends CaseRequest {
  readonly output: string | undefined;
  readonly errors: string;
}

/** Where the cases lie in the host's memory: what regenerate.sh had them evaluated as. */
const mounted = "/tmp/lang";

/** Only what is there for settings is understood in a case's flags. */
const flags: CommandSpec = {
  name: "",
  usage: [],
  summary: "",
  description: [],
  examples: [],
  groups: [{ title: "", options: { include: { names: ["-I"], values: ["PATH"] } } }],
  usageStatus: 1,
};

function run(files: Readonly<Record<string, MemoryFile>>, request: CaseRequest): CaseResult {
  const { name, messageVersion, showTrace, tier } = request;
  let errors = "";
  const host = createMemoryHost(files, {
    workingDir: mounted,
    writeError: (text) => {
      errors += text;
    },
  });
  const given = files[`${mounted}/${name}.flags`];
  const words =
    given === undefined
      ? []
      : String(given)
          .split(/\s+/)
          .filter((word) => word !== "");
  const parsed = parseArguments(flags, words);
  const settings = evaluationSettings(
    readConfig(host, parsed, () => {}),
    parsed,
    host,
    [],
  );
  const evaluation = new Evaluation({
    host,
    settings: {
      ...settings,
      showTrace,
      messageVersion,
      callsBeforeJavaScript: tier === "JavaScript" ? 0 : Number.POSITIVE_INFINITY,
    },
    storeDir: undefined,
    prelude: false,
  });
  const { interpreter } = evaluation;
  try {
    const output = evaluation.run(() => {
      const value = evaluation.evaluateFile(`${mounted}/${name}.nix`);
      forceDeep(interpreter, value);
      return printAmbiguous(value);
    });
    return { ...request, output: `${output}\n`, errors };
  } catch (error) {
    if (!(error instanceof NixError)) {
      const report = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { ...request, output: undefined, errors: `${errors}not an error of the program: ${report}\n` };
    }
    errors += renderError(error, interpreter.positions, { showTrace, color: false });
    if (error.kind === "usage") errors += "Try 'nix-instantiate --help' for more information.\n";
    return { ...request, output: undefined, errors };
  } finally {
    evaluation.close();
  }
}

/** The cases and the files that they read, as files of a memory host. */
function readFiles(folder: string): Record<string, MemoryFile> {
  const files: Record<string, MemoryFile> = {};
  for (const part of ["okay", "fail", "files"]) {
    for (const entry of fs.readdirSync(path.join(folder, part), { recursive: true, withFileTypes: true })) {
      const file = path.join(entry.parentPath, entry.name);
      const place = `${mounted}/${path.relative(folder, file)}`;
      if (entry.isSymbolicLink()) files[place] = { symlink: fs.readlinkSync(file) };
      else if (entry.isFile() && !/\.(exp|err)$/.test(entry.name)) {
        const executable = (fs.statSync(file).mode & 0o111) !== 0;
        files[place] = executable ? { contents: fs.readFileSync(file), executable } : fs.readFileSync(file);
      }
    }
  }
  return files;
}

const { folder, requests } = workerData as { readonly folder: string; readonly requests: readonly CaseRequest[] };
const files = readFiles(folder);
parentPort?.postMessage(requests.map((request) => run(files, request)));
