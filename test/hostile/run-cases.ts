// A worker that runs hostile inputs with `ocinix instantiate`, on a machine that has nothing but the files around them.
import { parentPort, workerData } from "node:worker_threads";
import { type CommandSpec, parseArguments } from "../../src/cli/arguments.ts";
import { commands } from "../../src/cli/commands.ts";
import { instantiateCommand } from "../../src/cli/instantiate-command.ts";
import { reportError } from "../../src/cli/report.ts";
import type { Session } from "../../src/cli/session.ts";
import type { MessageVersion } from "../../src/evaluator/settings.ts";
import { createMemoryHost, type MemoryFile } from "../../src/host/memory-host.ts";
import { bufferFromBytes, bytesFromText } from "../../src/source/bytes.ts";
import { logText } from "../../src/source/log-text.ts";
import { PositionTable } from "../../src/source/position.ts";
import { topics } from "./catalogue/catalogue.ts";
import type { HostileCase } from "./catalogue/hostile-case.ts";
import { folder, surroundings } from "./catalogue/surroundings.ts";
import type { Outcome } from "./outcome.ts";

/** Which cases of a topic to run. */
export interface RunRequest {
  readonly topic: string;
  readonly names: readonly string[];
  readonly messageVersion: MessageVersion;
}

export interface RunOutcome extends Outcome {
  readonly name: string;
}

const { topic, names, messageVersion } = workerData as RunRequest;
const files = Object.fromEntries(
  Object.entries(surroundings).map(([name, file]): [string, MemoryFile] => [`${folder}/${name}`, file]),
);
const spec = commands.find((command) => command.name === "instantiate") as CommandSpec;

async function run({ name, text, flags }: HostileCase): Promise<RunOutcome> {
  let stdout = "";
  let stderr = "";
  const program = `${folder}/case.nix`;
  const host = createMemoryHost(
    { ...files, [program]: bufferFromBytes(text) },
    {
      workingDir: folder,
      env: { HOME: folder, NIX_PATH: "", OCINIX_DEBUG: "1" },
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
  const settings = ["--store", "dummy://", "--message-version", messageVersion];
  const words = [...settings, ...(flags ?? ["--eval", "--strict"]), program];
  const status = await attempt();
  return { name, status, stdout, stderr };

  async function attempt(): Promise<number> {
    try {
      return await instantiateCommand(parseArguments(spec, words.map(bytesFromText)), session);
    } catch (error) {
      return reportError(error, session, spec);
    }
  }
}

const wanted = new Set(names);
const outcomes = new Map<string, RunOutcome>();
for (const hostile of topics[topic]!()) {
  // Of several with one name the first counts.
  if (wanted.delete(hostile.name)) outcomes.set(hostile.name, await run(hostile));
}
parentPort?.postMessage([...outcomes.values()]);
