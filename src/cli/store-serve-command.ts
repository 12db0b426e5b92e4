// `ocinix store serve`: the local store as a binary cache over HTTP, until it is interrupted.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createCacheServer } from "../substitute/cache-server.ts";
import { parseCompression } from "../substitute/compression.ts";
import type { ParsedArguments } from "./arguments.ts";
import { secretKeyFrom } from "./cache-settings.ts";
import { exitStatus } from "./exit-status.ts";
import type { Session } from "./session.ts";
import { storeOf } from "./store-operands.ts";
import { UsageError } from "./usage-error.ts";

const defaultPort = 8080;
/** Before cache.nixos.org, which says 40. */
const defaultPriority = 30;

export async function storeServeCommand(parsed: ParsedArguments, session: Session): Promise<number> {
  const port = numberOption(parsed, "port", 65535) ?? defaultPort;
  const priority = numberOption(parsed, "priority", 1_000_000) ?? defaultPriority;
  const compression = parseCompression(parsed.value("compression") ?? "none", "--compression");
  const secretKeys = parsed.occurrences("keyFile").map(([file = ""]) => secretKeyFrom(file, session));
  const store = storeOf(parsed, session);
  try {
    const say = (line: string): void => session.host.writeError(`${line}\n`);
    const onRequest = session.isQuiet ? {} : { onRequest: say };
    const server = createCacheServer({ local: store.open(), compression, priority, secretKeys, ...onRequest });
    server.listen(port, parsed.value("host") ?? "localhost");
    await once(server, "listening");
    const { address, port: actual, family } = server.address() as AddressInfo;
    // On standard output and alone, for scripts that let the system choose the port.
    session.print(`http://${family === "IPv6" ? `[${address}]` : address}:${actual}\n`);
    await once(server, "close");
  } finally {
    store.close();
  }
  return exitStatus.success;
}

function numberOption(parsed: ParsedArguments, key: string, most: number): number | undefined {
  const text = parsed.value(key);
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text) || Number(text) > most) {
    throw new UsageError(`'${text}' of --${key} is not a number from 0 to ${most}`);
  }
  return Number(text);
}
