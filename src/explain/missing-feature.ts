// Language features that have to be turned on.
import type { Explanation } from "./diagnostic.ts";
import type { ErrorCase } from "./error-case.ts";

export function explainMissingFeature(error: ErrorCase): Explanation | undefined {
  const feature = /^experimental Nix feature '(.*?)' is disabled/.exec(error.message)?.[1];
  const pos = error.positions.find((candidate) => error.isUsers(candidate));
  const found = pos === undefined ? undefined : error.labelAt(pos, `this needs the feature '${feature}'`);
  const isPipe = found !== undefined && /^(?:\|>|<\|)/.test(found.range.source.text.slice(found.range.start));
  const primary = isPipe ? { ...found, range: { ...found.range, end: found.range.start + "|>".length } } : found;
  return feature === undefined ? undefined : { ...(primary !== undefined && { primary }) };
}
