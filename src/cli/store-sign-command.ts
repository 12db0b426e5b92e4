// `ocinix store sign`: signs what the store knows of its objects.
import { signInfo } from "../substitute/signing-key.ts";
import type { ParsedArguments } from "./arguments.ts";
import { secretKeyFrom } from "./cache-settings.ts";
import { exitStatus } from "./exit-status.ts";
import type { Session } from "./session.ts";
import { objectOperands, withStore } from "./store-operands.ts";
import { UsageError } from "./usage-error.ts";

export function storeSignCommand(parsed: ParsedArguments, session: Session): number {
  const file = parsed.value("keyFile");
  if (file === undefined) throw new UsageError("required argument '--key-file' is missing");
  const key = secretKeyFrom(file, session);
  return withStore(parsed, session, (local) => {
    const given = objectOperands(local, parsed, session);
    let added = 0;
    for (const path of parsed.has("recursive") ? local.closure(given) : given) {
      added += local.addSignatures(path, [signInfo(local.pathInfo(path), key)]);
    }
    if (!session.isQuiet) session.host.writeError(`added ${added} signatures\n`);
    return exitStatus.success;
  });
}
