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

/** What to run: every case of these topics. */
export interface RunRequest {
  readonly topics: readonly string[];
  readonly messageVersion: MessageVersion;
  readonly skip?: readonly string[];
}

/** Outputs are byte strings. */
export interface RunOutcome {
  readonly topic: string;
  readonly name: string;
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  /** In milliseconds. */
  readonly time: number;
}

const files = Object.fromEntries(
  Object.entries(surroundings).map(([name, file]): [string, MemoryFile] => [`${folder}/${name}`, file]),
);
const spec = commands.find((command) => command.name === "instantiate") as CommandSpec;

async function run({ text, flags }: HostileCase, messageVersion: MessageVersion): Promise<Omit<RunOutcome, "topic" | "name" | "time">> {
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
  const words = ["--store", "dummy://", "--message-version", messageVersion, ...(flags ?? ["--eval", "--strict"]), program];
  const status = await attempt();
  return { status, stdout, stderr };

  async function attempt(): Promise<number> {
    try {
      return await instantiateCommand(parseArguments(spec, words.map(bytesFromText)), session);
    } catch (error) {
      return reportError(error, session, spec);
    }
  }
}

const request = workerData as RunRequest;
for (const topic of request.topics) {
  for (const hostile of topics[topic]?.() ?? []) {
    if (request.skip?.includes(hostile.name)) continue;
    const start = performance.now();
    parentPort?.postMessage({ kind: "start", topic, name: hostile.name });
    const outcome = await run(hostile, request.messageVersion);
    parentPort?.postMessage({ topic, name: hostile.name, ...outcome, time: performance.now() - start });
  }
}
