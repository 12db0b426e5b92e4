// `ocinix store why-depends`, `diff-closures` and `query --graph`: how objects of a store refer to each other.

import { differencesOfClosures } from "../store/closure-difference.ts";
import { dependencyLines } from "../store/dependency-paths.ts";
import { dotGraph } from "../store/dot-graph.ts";
import type { StorePath } from "../store/eval-store.ts";
import type { LocalStore } from "../store/local-store.ts";
import { StoreError } from "../store/store-error.ts";
import type { ParsedArguments } from "./arguments.ts";
import { exitStatus } from "./exit-status.ts";
import type { Session } from "./session.ts";
import { complainOfInvalid, objectOperand, withStore } from "./store-operands.ts";
import { UsageError } from "./usage-error.ts";

export function whyDependsCommand(parsed: ParsedArguments, session: Session): number {
  return withStore(parsed, session, (local) => {
    const from = neededOperand(local, session, parsed.operands[0]!);
    const to = objectOperand(local, session, parsed.operands[1]!);
    complainOfInvalid(local, session, [to]);
    if (!local.closure([from]).includes(to)) {
      session.host.writeError(`'${from}' does not depend on '${to}'\n`);
      return exitStatus.success;
    }
    const options = { all: parsed.has("all"), precise: parsed.has("precise") };
    for (const line of dependencyLines(local, from, to, options)) session.print(`${line}\n`);
    return exitStatus.success;
  });
}

export function diffClosuresCommand(parsed: ParsedArguments, session: Session): number {
  return withStore(parsed, session, (local) => {
    const before = neededOperand(local, session, parsed.operands[0]!);
    const after = neededOperand(local, session, parsed.operands[1]!);
    for (const line of differencesOfClosures(local, before, after)) session.print(`${line}\n`);
    return exitStatus.success;
  });
}

export function storeQueryCommand(parsed: ParsedArguments, session: Session): number {
  if (!parsed.has("graph")) throw new UsageError("no query is given; '--graph' prints the references as a graph");
  return withStore(parsed, session, (local) => {
    const roots = parsed.operands.map((operand) => validOperand(local, session, operand));
    session.print(dotGraph(local, roots));
    return exitStatus.success;
  });
}

/** What Nix would build or substitute. */
function neededOperand(local: LocalStore, session: Session, operand: string): StorePath {
  const path = objectOperand(local, session, operand);
  if (local.isValid(path)) return path;
  complainOfInvalid(local, session, [path]);
  throw new StoreError("invalid-path", `path '${path}' is required, but there is no substituter that can build it`);
}

function validOperand(local: LocalStore, session: Session, operand: string): StorePath {
  const path = objectOperand(local, session, operand);
  if (!local.isValid(path)) throw new StoreError("invalid-path", `path '${path}' is not valid`);
  return path;
}
