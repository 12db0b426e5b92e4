// What evaluations printed, kept in the cache folder with everything that they learnt of the machine. The same command
// line prints the same as long as all of that is still so; it is asked for before anything is evaluated.
import { buildFolder, makeBuildFolder, shortHash } from "../host/cache-folder.ts";
import { FileError, type Host } from "../host/host.ts";
import { type Input, isStillSo, recordHost } from "../host/recording-host.ts";
import { bufferFromBytes, bytesFromBuffer } from "../source/bytes.ts";
import type { ParsedArguments } from "./arguments.ts";
import { entryRequest } from "./entry-request.ts";
import { evaluationSettings } from "./evaluation-settings.ts";
import { exitStatus } from "./exit-status.ts";
import { readConfig } from "./nix-config.ts";
import type { Session } from "./session.ts";
import { storeLocation } from "./store-location.ts";

interface Entry {
  /** All of the command line that matters. */
  readonly key: string;
  readonly inputs: readonly Input[];
  readonly output: string;
}

/** In ms. What is faster is evaluated again. */
const worthKeeping = 150;
/** In bytes. */
const longestOutput = 1e6;
/** When there are more, all are removed: it is a cache. */
const mostEntries = 500;

/** Runs a command that only prints values, unless it is known what that will print. */
export async function remembering(
  name: string,
  parsed: ParsedArguments,
  session: Session,
  command: () => Promise<number>,
): Promise<number> {
  const place = placeOf(name, parsed, session);
  if (place === undefined) return command();
  const { host } = session;
  const known = read(host, place);
  if (known !== undefined) {
    session.print(known);
    return exitStatus.success;
  }
  const begun = performance.now();
  const { host: evaluationHost, inputs } = recordHost(host);
  session.evaluationHost = evaluationHost;
  let output = "";
  const print = session.print.bind(session);
  session.print = (bytes) => {
    output += bytes;
    print(bytes);
  };
  let isQuiet = true;
  const warn = session.warn.bind(session);
  session.warn = (message) => {
    isQuiet = false;
    warn(message);
  };
  const status = await command();
  const learnt = inputs();
  const isWorthIt =
    performance.now() - begun >= (session.worthKeeping ?? worthKeeping) && output.length <= longestOutput;
  if (status === exitStatus.success && isQuiet && isWorthIt && learnt !== undefined) {
    write(host, place, { key: place.key, inputs: learnt, output });
  }
  return status;
}

interface Place {
  readonly folder: string;
  readonly key: string;
}

/** Undefined when the command does more than print, or is not to be remembered. */
function placeOf(name: string, parsed: ParsedArguments, session: Session): Place | undefined {
  const { host } = session;
  session.config ??= readConfig(host, parsed, (message) => session.warn(message));
  if (!session.config.boolean("eval-cache") || session.reporter !== undefined) return undefined;
  if (parsed.has("writeTo") || parsed.has("readWriteMode") || parsed.has("argFromStdin")) return undefined;
  const request = entryRequest(parsed);
  if (request.sources.some(({ kind }) => kind === "stdin")) return undefined;
  const folder = buildFolder(host, "results", import.meta.url);
  if (folder === undefined) return undefined;
  const settings = evaluationSettings(session.config, parsed, host, []);
  const key = JSON.stringify([
    name,
    parsed.everything,
    host.workingDir,
    // What stands for the variable; asking the system costs a millisecond.
    host.env("HOME") === undefined ? host.homeDir : null,
    storeLocation(parsed, host),
    { ...settings, experimentalFeatures: [...settings.experimentalFeatures] },
  ]);
  return { folder, key };
}

function fileOf({ folder, key }: Place): string {
  return `${folder}/${shortHash(key)}`;
}

function read(host: Host, place: Place): string | undefined {
  try {
    const entry = JSON.parse(bytesFromBuffer(host.files.readFile(fileOf(place)))) as Entry;
    return entry.key === place.key && entry.inputs.every((input) => isStillSo(host, input)) ? entry.output : undefined;
  } catch {
    // There is none, or it is damaged.
    return undefined;
  }
}

/** Failing is no fault: it is evaluated again next time. */
function write(host: Host, place: Place, entry: Entry): void {
  const { files, processId } = host;
  const file = fileOf(place);
  try {
    if (files.stat(place.folder) === undefined) makeBuildFolder(host, place.folder);
    else if (files.readDir(place.folder).length >= mostEntries) {
      files.remove(place.folder);
      files.makeDir(place.folder);
    }
    files.writeFile(`${file}.${processId}`, bufferFromBytes(JSON.stringify(entry)));
    files.rename(`${file}.${processId}`, file);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
  }
}
