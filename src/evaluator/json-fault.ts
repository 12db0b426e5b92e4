// What C++ Nix has written when nlohmann::json meets a string that is not UTF-8 in the middle of a JSON text.
import { findUtf8Fault } from "./utf8.ts";

const strings = /"(?:[^"\\]|\\.)*"/gs;
const unit = /\\(?:u[0-9a-f]{4}|.)|[\xc0-\xdf].|[\xe0-\xef]..|[\xf0-\xf7]...|./gs;
/** A string is written in pieces of so many bytes, or a few more. */
const pieceLength = 500;

/** The beginning of a JSON text up to the last piece that is written before its first fault. */
export function writtenBeforeFault(json: string): string {
  for (const { 0: string, index } of json.matchAll(strings)) {
    const content = string.slice(1, -1);
    if (findUtf8Fault(content) === undefined) continue;
    let written = 0;
    let end = 0;
    for (const [character] of content.matchAll(unit)) {
      if (findUtf8Fault(character) !== undefined) break;
      end += character.length;
      if (end - written >= pieceLength) written = end;
    }
    return json.slice(0, index + 1 + written);
  }
  return json;
}
