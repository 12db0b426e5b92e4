// `ocinix store verify`, `gc`, `delete` and `optimise`: what keeps a store sound and small.

import { findRoots } from "../store/collector-roots.ts";
import { type Collected, collectGarbage, deletePaths } from "../store/garbage-collector.ts";
import type { LocalStore } from "../store/local-store.ts";
import type { PathInfo } from "../store/path-info.ts";
import { sizeText } from "../store/size-text.ts";
import { optimiseStore } from "../store/store-optimiser.ts";
import { modification, verifyStore } from "../store/store-verification.ts";
import { isSignedBy } from "../substitute/signing-key.ts";
import type { ParsedArguments } from "./arguments.ts";
import { trustedKeys } from "./cache-settings.ts";
import { exitStatus } from "./exit-status.ts";
import { reportError } from "./report.ts";
import type { Session } from "./session.ts";
import { parseInteger } from "./setting-kinds.ts";
import { asNixError, objectOperands, referencesFirst, withStore } from "./store-operands.ts";
import { UsageError } from "./usage-error.ts";

/** Without operands the store as a whole is compared with its database, as `nix-store --verify` does it. */
export function storeVerifyCommand(parsed: ParsedArguments, session: Session): number {
  if (parsed.has("repair")) {
    throw new UsageError(
      "'--repair' needs a source of sound copies, and there is none; delete a damaged path and build it again",
    );
  }
  const isWhole = parsed.operands.length === 0 && !parsed.has("all");
  return withStore(parsed, session, (local) => {
    return isWhole ? verifyWhole(local, parsed, session) : verifyObjects(local, parsed, session);
  });
}

function verifyWhole(local: LocalStore, parsed: ParsedArguments, session: Session): number {
  const isRight = verifyStore(session.host, local, {
    checkContents: parsed.has("checkContents"),
    report: (line) => say(session, line),
    onError: (error) => reportError(asNixError(error), session),
  });
  if (isRight) return exitStatus.success;
  session.warn("not all store errors were fixed");
  return exitStatus.failure;
}

/** As in `nix store verify`: bits for what is modified, untrusted, and could not be read. */
const verifyStatus = { corrupted: 1, untrusted: 2, failed: 4 } as const;

function verifyObjects(local: LocalStore, parsed: ParsedArguments, session: Session): number {
  let status = 0;
  const isTrusted = trustIn(parsed, session);
  const given = objectOperands(local, parsed, session);
  for (const path of referencesFirst(local, parsed.has("recursive") ? local.closure(given) : given)) {
    try {
      const info = local.pathInfo(path);
      say(session, `checking '${path}'...`);
      const problem = parsed.has("noContents") ? undefined : modification(session.host, local, info);
      if (problem !== undefined) {
        say(session, problem);
        status |= verifyStatus.corrupted;
      }
      if (isTrusted(info)) continue;
      say(session, `path '${path}' is untrusted`);
      status |= verifyStatus.untrusted;
    } catch (error) {
      reportError(asNixError(error), session);
      status |= verifyStatus.failed;
    }
  }
  return status;
}

/** What the command line and the settings trust. The store has checked content addresses against their paths. */
function trustIn(parsed: ParsedArguments, session: Session): (info: PathInfo) => boolean {
  if (parsed.has("noTrust")) return () => true;
  const needed = Number(parseInteger(parsed.value("sigsNeeded") ?? "0", 64n));
  const keys = trustedKeys(session.config!);
  return (info) => {
    if (info.ca !== undefined || (info.ultimate && needed === 0)) return true;
    return keys.filter((key) => isSignedBy(info, [key])).length >= Math.max(1, needed);
  };
}

export function storeGcCommand(parsed: ParsedArguments, session: Session): number {
  const { host } = session;
  const limit = parsed.value("max");
  const dryRun = parsed.has("dryRun");
  const maxFreed = limit === undefined ? undefined : Number(parseInteger(limit, 64n));
  if (maxFreed !== undefined && dryRun) throw new UsageError("options --max and --dry-run cannot be combined");
  const report = (line: string): void => say(session, line);
  return withStore(parsed, session, (local) => {
    if (parsed.has("printRoots")) {
      const lines = [...findRoots(host, local, report)].flatMap(([path, by]) => {
        return [...by].map((link) => [link, `"${link}" -> ${path}\n`] as const);
      });
      lines.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
      session.print(lines.map(([, line]) => line).join(""));
      return exitStatus.success;
    }
    const keepOutputs = session.config!.boolean("keep-outputs");
    const keepDerivations = session.config!.boolean("keep-derivations");
    const options = { dryRun, keepOutputs, keepDerivations, report, ...(maxFreed !== undefined && { maxFreed }) };
    printCollected(collectGarbage(host, local, options), dryRun, session);
    return exitStatus.success;
  });
}

export function storeDeleteCommand(parsed: ParsedArguments, session: Session): number {
  return withStore(parsed, session, (local) => {
    const options = {
      ignoreLiveness: parsed.has("ignoreLiveness"),
      skipAlive: parsed.has("skipAlive"),
      alsoReferrers: parsed.has("alsoReferrers"),
      report: (line: string) => say(session, line),
    };
    const given = objectOperands(local, parsed, session);
    const paths = parsed.has("recursive") ? local.closure(given) : given;
    deletePaths(session.host, local, paths, options, (collected) => printCollected(collected, false, session));
    return exitStatus.success;
  });
}

export function storeOptimiseCommand(parsed: ParsedArguments, session: Session): number {
  return withStore(parsed, session, (local) => {
    const { bytesFreed, filesLinked } = optimiseStore(session.host, local, (message) => session.warn(message));
    say(session, `${sizeText(bytesFreed)} freed by hard-linking ${filesLinked} files`);
    return exitStatus.success;
  });
}

function printCollected({ paths, bytesFreed }: Collected, dryRun: boolean, session: Session): void {
  session.print(
    dryRun
      ? `${paths.length} store paths would be deleted\n`
      : `${paths.length} store paths deleted, ${sizeText(bytesFreed)} freed\n`,
  );
}

/** Nix' progress and findings, which `--quiet` does not silence. */
function say({ host }: Session, line: string): void {
  host.writeError(`${line}\n`);
}
