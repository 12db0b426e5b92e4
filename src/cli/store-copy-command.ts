// `ocinix store copy`: objects from the local store into a binary cache, or from one into the local store.
import type { StorePath } from "../store/eval-store.ts";
import type { LocalStore } from "../store/local-store.ts";
import { parseStorePath } from "../store/store-path.ts";
import { parseCacheLocation } from "../substitute/cache-location.ts";
import { writeToCache } from "../substitute/cache-writer.ts";
import { Substituter } from "../substitute/substituter.ts";
import { Transfers } from "../substitute/transfers.ts";
import type { ParsedArguments } from "./arguments.ts";
import { secretKeysOf, transferOptions, trustedKeys } from "./cache-settings.ts";
import { exitStatus } from "./exit-status.ts";
import type { Session } from "./session.ts";
import { objectOperands, referencesFirst, storeOf } from "./store-operands.ts";
import { UsageError } from "./usage-error.ts";

export async function storeCopyCommand(parsed: ParsedArguments, session: Session): Promise<number> {
  const from = parsed.value("from");
  const to = parsed.value("to");
  if (from === undefined && to === undefined) throw new UsageError("you must pass '--from' or '--to'");
  if (from !== undefined && to !== undefined) {
    throw new UsageError("'--from' and '--to' together are not supported: one of both stores is the local one");
  }
  const store = storeOf(parsed, session);
  try {
    if (to !== undefined) await copyTo(to, store.open(), parsed, session);
    else copyFrom(from!, store.open(), parsed, session);
  } finally {
    store.close();
  }
  return exitStatus.success;
}

async function copyTo(url: string, local: LocalStore, parsed: ParsedArguments, session: Session): Promise<void> {
  const cache = parseCacheLocation(url);
  const given = objectOperands(local, parsed, session);
  const paths = referencesFirst(local, parsed.has("noRecursive") ? given : local.closure(given));
  await writeToCache(paths, {
    host: session.host,
    local,
    cache,
    secretKeys: secretKeysOf(cache, session),
    onCopy: (path) => say(session, `copying path '${path}' to '${cache.url}'...`),
  });
}

function copyFrom(url: string, local: LocalStore, parsed: ParsedArguments, session: Session): void {
  const cache = parseCacheLocation(url);
  if (parsed.operands.length === 0) throw new UsageError("no store paths are given");
  const paths = parsed.operands.map((operand): StorePath => parseStorePath(operand));
  const config = session.config!;
  const transfers = new Transfers(transferOptions(config));
  try {
    const substituter = new Substituter(transfers, {
      caches: [cache],
      trustedKeys: trustedKeys(config),
      requireSigs: config.boolean("require-sigs") && !parsed.has("noCheckSigs"),
      warn: (message) => session.warn(message),
      onCopy: (path) => say(session, `copying path '${path}' from '${cache.url}'...`),
    });
    substituter.substitute(paths, local, !parsed.has("noRecursive"));
  } finally {
    transfers.close();
  }
}

function say(session: Session, line: string): void {
  if (!session.isQuiet) session.host.writeError(`${line}\n`);
}
