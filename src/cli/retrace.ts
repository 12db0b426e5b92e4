// Errors that come from inside the package set and name no place of the user's. Frames of calls would, but gathering
// them makes every evaluation slower; so one that failed without a place is done again, with them.
import { enableBuilding } from "../api/build.ts";
import type { Evaluation } from "../api/evaluation.ts";
import { NixError } from "../source/nix-error.ts";
import type { Session } from "./session.ts";

/**
 * Runs an action on an evaluation, and, when an error of the program names no place, once more on a second one, which
 * prints nothing, for the error of that.
 */
export function withPlace<T>(evaluation: Evaluation, session: Session, action: (evaluation: Evaluation) => T): T {
  try {
    return action(evaluation);
  } catch (error) {
    if (!(error instanceof NixError) || evaluation.hasUserPlace(error)) throw error;
    throw placedError(evaluation, session, action) ?? error;
  }
}

function placedError(
  evaluation: Evaluation,
  session: Session,
  action: (evaluation: Evaluation) => unknown,
): NixError | undefined {
  const again = evaluation.retraced();
  enableBuilding(again);
  try {
    action(again);
  } catch (error) {
    if (!(error instanceof NixError) || !again.hasUserPlace(error)) return undefined;
    session.evaluation = again;
    session.positions = again.interpreter.positions;
    return error;
  } finally {
    again.close();
  }
  return undefined;
}
