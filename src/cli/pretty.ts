// Whether JSON is written for a person.
import { isTerminal } from "../host/node-host.ts";
import type { ParsedArguments } from "./arguments.ts";

/** When the command line says so, or when standard output is a terminal. */
export function isPretty(parsed: ParsedArguments): boolean {
  const said = parsed.lastOf(["pretty", "noPretty"]);
  return said === undefined ? isTerminal(1) : said === "pretty";
}
