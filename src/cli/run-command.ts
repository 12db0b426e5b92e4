// `ocinix run`: builds a container and runs it in the terminal.
import { build, enableBuilding } from "../api/build.ts";
import { onlyTarget } from "../api/build-targets.ts";
import { runInForeground } from "../host/foreground-process.ts";
import { runBundle } from "../oci/run.ts";
import { isInStore } from "../store/store-path.ts";
import type { ParsedArguments } from "./arguments.ts";
import { evaluateTargets, sayBuilding } from "./build-command.ts";
import { outputSourceOf } from "./cache-settings.ts";
import { startEvaluation } from "./entry-evaluation.ts";
import { withPlace } from "./retrace.ts";
import type { Session } from "./session.ts";

export async function runCommand(parsed: ParsedArguments, session: Session): Promise<number> {
  const evaluation = startEvaluation(parsed, session, { prelude: !parsed.has("noPrelude") });
  evaluation.outputSource = outputSourceOf(session);
  enableBuilding(evaluation);
  try {
    const target = withPlace(evaluation, session, (evaluation) =>
      evaluation.run(() => onlyTarget(evaluateTargets(evaluation, parsed))),
    );
    const local = build(evaluation, [target], (drvPath) => sayBuilding(session, drvPath));
    const [runtime, id] = [parsed.value("runtime"), parsed.value("name")];
    return await runBundle(Object.assign(session.host, { runInForeground }), local.realPath(target.path), {
      terminal: process.getBuiltinModule("node:tty").isatty(0),
      realPath: (source) => (isInStore(source) ? local.realPath(source) : source),
      args: parsed.rest ?? [],
      ...(runtime !== undefined && { runtime }),
      ...(id !== undefined && { id }),
    });
  } finally {
    evaluation.close();
  }
}
