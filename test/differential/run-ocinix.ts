// The worker that runs `ocinix instantiate` on programs, with nothing of the machine but the file of the program.
import path from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { type CommandSpec, parseArguments } from "../../src/cli/arguments.ts";
import { commands } from "../../src/cli/commands.ts";
import { evalCommand } from "../../src/cli/eval-command.ts";
import { instantiateCommand } from "../../src/cli/instantiate-command.ts";
import { reportError } from "../../src/cli/report.ts";
import type { Session } from "../../src/cli/session.ts";
import { createMemoryHost, type MemoryFile } from "../../src/host/memory-host.ts";
import { bufferFromBytes, bytesFromText } from "../../src/source/bytes.ts";
import { logText } from "../../src/source/log-text.ts";
import { PositionTable } from "../../src/source/position.ts";

export interface WorkerRequest {
  readonly command: "instantiate" | "eval";
  /** Where the program lies; its folder is the working folder and the home. */
  readonly file: string;
  /** What stands in it, a byte string. */
  readonly text: string;
  /** The arguments of the command. */
  readonly words: readonly string[];
}

/** Outputs are byte strings. */
export interface WorkerAnswer {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

/** Files and variables that are there for every program. */
export interface WorkerSurroundings {
  readonly files: Readonly<Record<string, MemoryFile>>;
  readonly env: Readonly<Record<string, string>>;
}

const surroundings = workerData as WorkerSurroundings;
const implementations = { instantiate: instantiateCommand, eval: evalCommand };

async function run({ command: name, file, text, words }: WorkerRequest): Promise<WorkerAnswer> {
  let stdout = "";
  let stderr = "";
  const command = commands.find((spec) => spec.name === name) as CommandSpec;
  const workingDir = path.dirname(file);
  const host = createMemoryHost(
    { ...surroundings.files, [file]: bufferFromBytes(text) },
    {
      workingDir,
      env: { HOME: workingDir, NIX_PATH: "", OCINIX_DEBUG: "1", ...surroundings.env },
      writeError: (bytes) => {
        stderr += bytes;
      },
    },
  );
  const session: Session = {
    host,
    positions: new PositionTable(),
    showTrace: false,
    color: false,
    showsColor: () => false,
    print: (bytes) => {
      stdout += bytes;
    },
    warn: (message) => {
      stderr += logText(`\x1b[35;1mwarning:\x1b[0m ${message}\n`, false);
    },
  };
  const status = await attempt();
  return { stdout, stderr, status };

  async function attempt(): Promise<number> {
    try {
      return await implementations[name](parseArguments(command, words.map(bytesFromText)), session);
    } catch (error) {
      return reportError(error, session, command);
    }
  }
}

parentPort?.on("message", async (request: WorkerRequest) => {
  parentPort?.postMessage(await run(request));
});
