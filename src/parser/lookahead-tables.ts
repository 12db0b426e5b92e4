// The tables of lookahead.ts, which the build puts here (scripts/build.ts). Without a build there are none, and the
// grammar analyses itself.
import type { LookaheadTable } from "./lookahead.ts";

export const lookaheadTables: readonly LookaheadTable[] | undefined = undefined;
