// Items that a list does not have.
import type { Explanation, Suggestion } from "./diagnostic.ts";
import { type ErrorCase, label } from "./error-case.ts";
import { originOf } from "./value-origin.ts";

export function explainListIndex(error: ErrorCase): Explanation | undefined {
  const [, builtin, index, size] =
    /^'builtins\.(\w+)' called (?:on an empty list|with index (-?\d+) on a list of size (\d+))$/.exec(error.message) ??
    [];
  if (builtin === undefined) return undefined;
  const pos = error.positions.find((candidate) => error.isUsers(candidate)) ?? error.innermostPos;
  const call = error.callAt(pos);
  const list = call?.node.args[0];
  const isDirect =
    call !== undefined &&
    list !== undefined &&
    call.source.text.slice(call.node.fn.start, call.node.fn.end).endsWith(builtin);
  if (call === undefined || list === undefined || !isDirect) return { suggestions: advice(index, size) };
  const place = { source: call.source, node: list };
  const origin = originOf(error, place);
  const text = size === undefined ? "this list is empty" : `this list has ${size} item${size === "1" ? "" : "s"}`;
  const written = origin.isElsewhere && origin.place.node.kind === "list";
  return {
    primary: label(place, text),
    labels: [
      ...(written ? [label(origin.place, "it is written here")] : []),
      ...(call.node.args[1] === undefined || index === undefined
        ? []
        : [label({ source: call.source, node: call.node.args[1] }, `the index is ${index}`)]),
    ],
    suggestions: advice(index, size),
  };
}

function advice(index: string | undefined, size: string | undefined): Suggestion[] {
  if (index === undefined) return [{ text: "test it first: `if list == [ ] then ... else ...`" }];
  if (size === "0") return [];
  return [{ text: `items are counted from 0, so the last one is ${Number(size) - 1}` }];
}
