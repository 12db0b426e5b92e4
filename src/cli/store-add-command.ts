// `ocinix store add`: puts a file or a folder into the store, or only says where it would be.
import { PhysicalStore } from "../api/physical-store.ts";
import { baseName } from "../evaluator/path.ts";
import { NixError } from "../source/nix-error.ts";
import type { IngestionMethod } from "../store/eval-store.ts";
import { VirtualStore } from "../store/virtual-store.ts";
import type { ParsedArguments } from "./arguments.ts";
import { exitStatus } from "./exit-status.ts";
import { algorithmOf, unsupportedGit } from "./hash-command.ts";
import type { Session } from "./session.ts";
import { storeLocation } from "./store-location.ts";
import { absolutePath, treeAt } from "./tree-operand.ts";
import { UsageError } from "./usage-error.ts";

export function storeAddCommand(parsed: ParsedArguments, session: Session): number {
  const { host } = session;
  const method = methodOf(parsed, session);
  const algorithm = algorithmOf(parsed, session, ["hashAlgo"]) ?? "sha256";
  if (method === "text" && algorithm !== "sha256") throw new UsageError("mode 'text' needs the algorithm 'sha256'");
  const path = absolutePath(host, parsed.operands[0]!);
  const tree = treeAt(host, path);
  if (method !== "nar" && tree.type === "symlink") throw new NixError("file", `file '${path}' is a symlink`);
  if (method !== "nar" && tree.type !== "regular") throw new NixError("file", `'${path}' is not a regular file`);
  const location = storeLocation(parsed, host);
  const physical = location === undefined || parsed.has("dryRun") ? undefined : new PhysicalStore(host, location);
  try {
    const store = new VirtualStore({ files: host.files, ...(physical && { local: physical }) });
    const storePath = store.add({ name: parsed.value("name") ?? baseName(path), tree, method, algorithm });
    if (physical) store.materialise(storePath, physical.open());
    session.print(`${storePath}\n`);
  } finally {
    physical?.close();
  }
  return exitStatus.success;
}

function methodOf(parsed: ParsedArguments, session: Session): IngestionMethod {
  const mode = parsed.value("mode") ?? "nar";
  if (mode === "nar" || mode === "flat" || mode === "text") return mode;
  if (mode === "git") throw unsupportedGit(session);
  throw new UsageError(`Unknown file ingestion method '${mode}', expect \`flat\`, \`nar\`, or \`git\``);
}
