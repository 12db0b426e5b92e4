# Combinators, conditions with messages, numbers and functions as data.
{ lib }:
rec {
  inherit (builtins)
    add
    bitAnd
    bitOr
    bitXor
    ceil
    deepSeq
    div
    floor
    genericClosure
    isBool
    isFloat
    isInt
    lessThan
    mul
    pathExists
    readFile
    seq
    sub
    ;

  id = value: value;
  const = value: _: value;
  pipe = value: functions: builtins.foldl' (result: function: function result) value functions;
  flip =
    function: first: second:
    function second first;

  concat = left: right: left ++ right;
  mergeAttrs = left: right: left // right;

  "or" = left: right: left || right;
  and = left: right: left && right;
  xor = left: right: !left != !right;
  bitNot = number: -1 - number;

  boolToString = condition: if condition then "true" else "false";
  boolToYesNo = condition: if condition then "yes" else "no";

  defaultTo = default: value: if value == null then default else value;
  mapNullable = function: value: if value == null then null else function value;

  # The release of nixpkgs whose lib this one follows.
  release = "26.05";
  versionSuffix = "pre-ocinix";
  version = release + versionSuffix;
  codeName = "ocinix";
  oldestSupportedRelease = 2511;
  oldestSupportedReleaseIsAtLeast = number: number <= oldestSupportedRelease;
  isInOldestRelease = warn "lib.isInOldestRelease is deprecated; use lib.oldestSupportedReleaseIsAtLeast" oldestSupportedReleaseIsAtLeast;
  nixpkgsVersion = warn "lib.nixpkgsVersion is deprecated; use lib.version" version;
  revisionWithDefault = default: default;

  inNixShell = builtins.getEnv "IN_NIX_SHELL" != "";
  inPureEvalMode = !(builtins ? currentSystem);

  min = left: right: if right < left then right else left;
  max = left: right: if right > left then right else left;
  mod = dividend: divisor: dividend - divisor * (builtins.div dividend divisor);

  compare =
    left: right:
    if left < right then
      -1
    else if right < left then
      1
    else
      0;

  splitByAndCompare =
    predicate: whenBoth: whenNeither: left: right:
    let
      first = predicate left;
      second = predicate right;
    in
    if first && second then
      whenBoth left right
    else if first then
      -1
    else if second then
      1
    else
      whenNeither left right;

  importJSON = file: builtins.fromJSON (builtins.readFile file);
  importTOML = file: builtins.fromTOML (builtins.readFile file);

  warn = builtins.warn or (message: builtins.trace "evaluation warning: ${message}");
  warnIf = condition: message: if condition then warn message else id;
  warnIfNot = condition: warnIf (!condition);
  throwIf = condition: message: if condition then throw message else id;
  throwIfNot = condition: throwIf (!condition);
  info = message: builtins.trace "INFO: ${message}";
  showWarnings = warnings: value: lib.lists.foldr warn value warnings;

  checkListOfEnum =
    message: valid: given:
    let
      show = values: builtins.concatStringsSep ", " (map toString values);
      unexpected = builtins.filter (value: !(builtins.elem value valid)) given;
    in
    throwIf (
      unexpected != [ ]
    ) "${message}: ${show unexpected} unexpected; valid ones: ${show valid}";

  # A functor may say which arguments it takes in `__functionArgs`; these know about that, the builtins do not.
  setFunctionArgs = function: arguments: {
    __functor = _: function;
    __functionArgs = arguments;
  };
  functionArgs =
    function:
    if !(function ? __functor) then
      builtins.functionArgs function
    else
      function.__functionArgs or (builtins.functionArgs (function.__functor function));
  isFunction =
    value:
    builtins.isFunction value || value ? __functor && builtins.isFunction (value.__functor value);
  mirrorFunctionArgs =
    original:
    let
      arguments = functionArgs original;
    in
    function: setFunctionArgs function arguments;
  toFunction = value: if isFunction value then value else const value;

  # TOML is the one reader of base 16 that the language has.
  fromHexString =
    text:
    let
      digits = builtins.match "(0x)?([0-7]?[0-9A-Fa-f]{1,15})" text;
      lenient = lib.strings.removePrefix "0x" (lib.strings.toLower text);
      read = hex: (builtins.fromTOML "number = 0x${hex}").number;
    in
    if digits != null then
      read (builtins.elemAt digits 1)
    else
      warn "fromHexString: ${lib.generators.toPretty { } text} is not a valid input" (read lenient);

  toBaseDigits =
    base: number:
    assert isInt base && base >= 2;
    assert isInt number && number >= 0;
    let
      digits = rest: if rest < base then [ rest ] else digits (rest / base) ++ [ (mod rest base) ];
    in
    digits number;

  toHexString =
    number:
    builtins.concatStringsSep "" (
      map (digit: builtins.substring digit 1 "0123456789ABCDEF") (toBaseDigits 16 number)
    );
}
