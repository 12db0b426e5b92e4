// All hostile inputs, by topic.
import { builtinArguments } from "./builtin-arguments.ts";
import { dataFormatCases } from "./data-formats.ts";
import { derivationCases } from "./derivations.ts";
import { fileCases } from "./files.ts";
import type { HostileCase } from "./hostile-case.ts";
import { deepValueCases, nestingCases } from "./nesting.ts";
import { numberCases } from "./numbers.ts";
import { nameCases } from "./odd-names.ts";
import { operatorCases } from "./operators.ts";
import { printingCases } from "./printing.ts";
import { recursionCases } from "./recursion.ts";
import { sizeCases } from "./sizes.ts";
import { standInCases } from "./stand-ins.ts";
import { tokenCases } from "./tokens.ts";

export const topics: Readonly<Record<string, () => Iterable<HostileCase>>> = {
  "builtin-arguments": builtinArguments,
  "data-formats": dataFormatCases,
  "deep-values": deepValueCases,
  derivations: derivationCases,
  files: fileCases,
  nesting: nestingCases,
  numbers: numberCases,
  "odd-names": nameCases,
  operators: operatorCases,
  printing: printingCases,
  recursion: recursionCases,
  sizes: sizeCases,
  "stand-ins": standInCases,
  tokens: tokenCases,
};
