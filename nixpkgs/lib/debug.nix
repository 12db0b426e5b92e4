# Tracing, and small test suites.
{ lib }:
let
  # Written with `toPretty`, a value cut off at a depth shows as […] or {…}.
  cut =
    depth: value:
    let
      mark = text: {
        __pretty = _: text;
        val = value;
      };
    in
    if builtins.isList value then
      if depth == 0 then mark "[…]" else map (cut (depth - 1)) value
    else if builtins.isAttrs value then
      if depth == 0 then mark "{…}" else builtins.mapAttrs (_: cut (depth - 1)) value
    else
      value;
  same = value: value;
in
rec {
  inherit (builtins) addErrorContext trace unsafeGetAttrPos;

  traceIf = condition: message: if condition then trace message else same;
  traceVal = traceValFn same;
  traceValFn = show: value: trace (show value) value;
  traceSeq = shown: trace (builtins.deepSeq shown shown);
  traceSeqN = depth: shown: trace (lib.generators.toPretty { allowPrettyValues = true; } (cut depth shown));
  traceValSeq = traceValSeqFn same;
  traceValSeqFn = show: value: traceValFn show (builtins.deepSeq value value);
  traceValSeqN = traceValSeqNFn same;
  traceValSeqNFn =
    show: depth: value:
    traceSeqN depth (show value) value;
  traceFnSeqN =
    depth: name: function: value:
    let
      result = function value;
    in
    traceSeqN (depth + 1) {
      fn = name;
      from = value;
      to = result;
    } result;

  # The failed ones among the attributes `test… = { expr, expected }`, or among those that `tests` lists.
  runTests =
    suite:
    let
      chosen = suite.tests or [ ];
      wanted =
        name: if chosen == [ ] then lib.strings.hasPrefix "test" name else builtins.elem name chosen;
      failed = name: suite.${name}.expr != suite.${name}.expected;
    in
    map (name: {
      inherit name;
      inherit (suite.${name}) expected;
      result = suite.${name}.expr;
    }) (builtins.filter (name: wanted name && failed name) (builtins.attrNames suite));

  throwTestFailures =
    {
      failures,
      description ? "tests",
      ...
    }:
    let
      show = lib.generators.toPretty { allowPrettyValues = true; };
      report = failure: ''
        FAIL ${show failure.name}:
        Expected:
        ${show failure.expected}
        Result:
        ${show failure.result}
      '';
      names = map (failure: "- ${failure.name}") failures;
      summary = "${toString (builtins.length failures)} ${description} failed:\n${builtins.concatStringsSep "\n" names}\n\n${builtins.toJSON failures}";
    in
    if failures == [ ] then
      null
    else
      throw (lib.lists.foldr (failure: trace (report failure)) summary failures);

  testAllTrue = expr: {
    inherit expr;
    expected = map (_: true) expr;
  };
}
