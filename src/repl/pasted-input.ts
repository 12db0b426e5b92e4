// Lines that came at once: one input that has several lines, or several inputs.
import type { Evaluation } from "../api/evaluation.ts";
import { NixError } from "../source/nix-error.ts";
import { IncompleteInput, parseCode, splitInput } from "./input.ts";

/**
 * The inputs that lines (byte strings) are. When each can be entered by itself, they are several, unless one is
 * indented; else they are one if that makes sense.
 */
export function inputsIn(evaluation: Evaluation, lines: readonly string[]): readonly string[] {
  const whole = lines.join("\n");
  const inputs: string[] = [];
  let input = "";
  for (const line of lines) {
    input += input === "" ? line : `\n${line}`;
    const state = stateOf(evaluation, input);
    if (state === "wrong") return stateOf(evaluation, whole) === "wrong" ? lines : [whole];
    if (state === "incomplete") continue;
    inputs.push(input);
    input = "";
  }
  if (input !== "") inputs.push(input);
  return inputs.slice(1).some((later) => /^\s+\S/.test(later)) ? [whole] : inputs;
}

function stateOf(evaluation: Evaluation, input: string): "complete" | "incomplete" | "wrong" {
  const split = splitInput(input);
  if (split.kind === "command") return input.includes("\n") ? "wrong" : "complete";
  if (split.kind === "nothing") return "complete";
  try {
    evaluation.run(() => parseCode(evaluation, split.text));
    return "complete";
  } catch (error) {
    if (error instanceof IncompleteInput) return "incomplete";
    if (error instanceof NixError) return "wrong";
    throw error;
  }
}
