// `ocinix key …`: the keys that sign store objects, as `nix key` makes them.
import { formatKey, generateSecretKey, parseSecretKey, publicKeyOf } from "../substitute/signing-key.ts";
import type { ParsedArguments } from "./arguments.ts";
import { exitStatus } from "./exit-status.ts";
import type { Session } from "./session.ts";
import { readStandardInput } from "./standard-input.ts";
import { UsageError } from "./usage-error.ts";

/** Prints a new key, without a newline. */
export function keyGenerateSecretCommand(parsed: ParsedArguments, session: Session): number {
  const name = parsed.value("keyName");
  if (name === undefined) throw new UsageError("required argument '--key-name' is missing");
  if (!/^[^:\s]+$/.test(name)) throw new UsageError("the name of a key has no spaces and no colon, and is not empty");
  session.print(formatKey(generateSecretKey(name)));
  return exitStatus.success;
}

/** Prints what verifies the signatures of the key that standard input has, without a newline. */
export function keyConvertSecretToPublicCommand(_parsed: ParsedArguments, session: Session): number {
  session.print(formatKey(publicKeyOf(parseSecretKey(readStandardInput()))));
  return exitStatus.success;
}
