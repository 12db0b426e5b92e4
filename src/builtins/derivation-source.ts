// The function `derivation`: Nix code over `derivationStrict`, so that a derivation is made when its path is needed and
// not before. Lines and columns of everything that a trace or `unsafeGetAttrPos` can show are those of C++ Nix's own
// file, hence the long comment and the length of the names.

import type { Interpreter } from "../evaluator/interpreter.ts";

export const derivationFile = "derivation-internal.nix";

const source = `# The function 'derivation', as programs see it.
#
# Its argument says what to build and how: the attributes name, system and
# builder have to be there, args and outputs may be, and all of them together
# are the environment of the builder.
#
# The result has, besides the attributes it was given:
#
#   outPath     the path of the first output; forcing it makes the derivation
#   drvPath     the path of the file in the store that describes the build
#   type        the string "derivation"
#   outputName  which of the outputs this set stands for
#   all         a list of sets, one for every output
#   drvAttrs    the argument
#
# and, for every output by name, a set like itself with the paths of that one.
#
# Nothing of the argument but the list of outputs is looked at before one of
# the paths is needed. That is what makes package sets possible: a set of ten
# thousand derivations costs nothing until somebody asks for one.
#
# The strings of both kinds of paths have a context. An outPath stands for one
# output of the derivation, and a drvPath for the derivation together with all
# that it depends on, built or not.
#
# Where a line of this file stands matters, and in which column: traces and
# positions of attributes name both.
#
drvAttrs@{
  outputs ? [ "out" ],
  ...
}:

let

  result = derivationStrict drvAttrs;

  sharedAttrs =
    drvAttrs
    // (builtins.listToAttrs outputPairs)
    // {
      all = map (pair: pair.value) outputPairs;
      inherit drvAttrs;
    };

  pairOf = outputName: {
    name = outputName;
    value = sharedAttrs // {
      outPath = result.\${outputName};
      drvPath = result.drvPath;
      type = "derivation";
      inherit outputName;
    };
  };

  outputPairs = map pairOf outputs;

in
(builtins.head outputPairs).value
`;

/** The text; in that of C++ Nix 2.34 there is an empty line first, and the outPath is taken by a builtin: traces show it. */
export function derivationSource(interpreter: Interpreter): string {
  return interpreter.hasNewMessages
    ? source
    : `\n${source}`.replace(/result\.\$\{outputName\}/, "builtins.getAttr outputName result");
}
