# Strings: joining, splitting, escaping for other languages, names and versions of packages. A string is bytes; letters
# beyond ASCII are left as they are. Results keep the string contexts of what they were made from.
{ lib }:
let
  inherit (builtins)
    concatStringsSep
    elemAt
    genList
    head
    match
    replaceStrings
    split
    stringLength
    substring
    tail
    ;

  # The characters whose codes `charToInt` knows: 32 to 126, and the white space below.
  printable = " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";
  codes = {
    "\t" = 9;
    "\n" = 10;
    "\r" = 13;
  }
  // builtins.listToAttrs (
    genList (index: {
      name = substring index 1 printable;
      value = index + 32;
    }) (stringLength printable)
  );
in
rec {
  inherit (builtins)
    appendContext
    compareVersions
    elem
    filter
    fromJSON
    isAttrs
    isInt
    isList
    isPath
    isString
    parseDrvName
    readFile
    storeDir
    toJSON
    typeOf
    unsafeDiscardStringContext
    ;
  inherit
    concatStringsSep
    elemAt
    genList
    head
    match
    replaceStrings
    split
    stringLength
    substring
    tail
    ;

  # Joining
  join = concatStringsSep;
  concatStrings = concatStringsSep "";
  concatMapStrings = function: list: concatStringsSep "" (map function list);
  concatImapStrings = function: list: concatStringsSep "" (lib.lists.imap1 function list);
  concatMapStringsSep =
    separator: function: list:
    concatStringsSep separator (map function list);
  concatImapStringsSep =
    separator: function: list:
    concatStringsSep separator (lib.lists.imap1 function list);
  concatMapAttrsStringSep =
    separator: function: set:
    concatStringsSep separator (lib.attrsets.mapAttrsToList function set);
  concatLines = concatMapStrings (line: "${line}\n");
  intersperse =
    separator: list:
    builtins.concatLists (
      lib.lists.imap0 (
        index: element:
        if index == 0 then
          [ element ]
        else
          [
            separator
            element
          ]
      ) list
    );
  replicate = count: text: concatStringsSep "" (genList (_: text) count);
  optionalString = condition: text: if condition then text else "";
  fixedWidthString =
    width: filler: text:
    let
      missing = width - stringLength text;
    in
    if missing < 0 then
      throw "fixedWidthString: requested string length (${toString width}) must not be shorter than actual length (${toString (stringLength text)})"
    else if missing == 0 then
      text
    else
      filler + fixedWidthString (width - stringLength filler) filler text;
  fixedWidthNumber = width: number: fixedWidthString width "0" (toString number);

  # Search paths
  makeSearchPath =
    folder: packages:
    concatMapStringsSep ":" (package: package + "/" + folder) (
      builtins.filter (package: package != null) packages
    );
  makeSearchPathOutput =
    output: folder: packages:
    makeSearchPath folder (map (lib.attrsets.getOutput output) packages);
  makeBinPath = makeSearchPathOutput "bin" "bin";
  makeLibraryPath = makeSearchPathOutput "lib" "lib";
  makeIncludePath = makeSearchPathOutput "dev" "include";

  # Looking into strings
  hasPrefix = prefix: text: substring 0 (stringLength prefix) text == prefix;
  hasSuffix =
    suffix: text:
    let
      start = stringLength text - stringLength suffix;
    in
    start >= 0 && substring start (-1) text == suffix;
  # Replacing is linear, where a regular expression needs a stack as deep as the text is long.
  hasInfix = infix: text: infix == "" || replaceStrings [ infix ] [ "" ] "${text}" != "${text}";
  removePrefix =
    prefix: text: if hasPrefix prefix text then substring (stringLength prefix) (-1) text else text;
  removeSuffix =
    suffix: text:
    if hasSuffix suffix text then substring 0 (stringLength text - stringLength suffix) text else text;
  commonPrefixLength =
    first: second:
    let
      limit = lib.trivial.min (stringLength first) (stringLength second);
      from =
        index:
        if index < limit && substring index 1 first == substring index 1 second then
          from (index + 1)
        else
          index;
    in
    from 0;
  commonSuffixLength =
    first: second:
    let
      reverse = text: concatStringsSep "" (lib.lists.reverseList (stringToCharacters text));
    in
    commonPrefixLength (reverse first) (reverse second);

  # The number of insertions, deletions and replacements between two strings, row by row of the usual table.
  levenshtein =
    first: second:
    let
      width = stringLength second;
      nextRow =
        row: index:
        let
          character = substring index 1 first;
          cell =
            cells: column:
            let
              replaced =
                elemAt row column + (if substring column 1 second == character then 0 else 1);
              other = lib.trivial.min (elemAt row (column + 1)) (elemAt cells column) + 1;
            in
            cells ++ [ (lib.trivial.min replaced other) ];
        in
        builtins.foldl' cell [ (index + 1) ] (genList (column: column) width);
      rows = genList (index: index) (stringLength first);
    in
    elemAt (builtins.foldl' nextRow (genList (column: column) (width + 1)) rows) width;
  levenshteinAtMost =
    limit: first: second:
    let
      difference = stringLength first - stringLength second;
    in
    if limit <= 0 then
      first == second
    else
      difference <= limit && -difference <= limit && levenshtein first second <= limit;

  # Taking apart
  stringToCharacters = text: genList (index: substring index 1 text) (stringLength text);
  stringAsChars = function: text: concatMapStrings function (stringToCharacters text);
  splitString =
    separator: text:
    map (addContextFrom text) (
      builtins.filter builtins.isString (split (escapeRegex (toString separator)) (toString text))
    );
  splitStringBy =
    predicate: keepSplit: text:
    let
      at = index: substring index 1 text;
      boundaries = builtins.filter (
        index: predicate (if index == 0 then "" else at (index - 1)) (at index)
      ) (genList (index: index) (stringLength text));
      starts = [ 0 ] ++ map (index: if keepSplit then index else index + 1) boundaries;
      ends = boundaries ++ [ (stringLength text) ];
    in
    lib.lists.zipListsWith (start: end: substring start (end - start) text) starts ends;
  trim = trimWith {
    start = true;
    end = true;
  };
  trimWith =
    {
      start ? false,
      end ? false,
    }:
    let
      space = "[ \t\r\n]*";
      before = if start then space else "";
      # A greedy match has to end in something that is not space, or it would swallow the space itself.
      kept = if end then "(.*[^ \t\r\n])${space}" else "(.*)";
      pattern = match (before + kept);
    in
    text:
    let
      found = pattern text;
    in
    if found == null then "" else head found;
  replaceString = from: to: replaceStrings [ from ] [ to ];
  normalizePath =
    text:
    let
      next = replaceStrings [ "//" ] [ "/" ] text;
    in
    if next == text then text else normalizePath next;
  addContextFrom = source: text: substring 0 0 source + text;

  # Upper and lower case, of ASCII letters
  lowerChars = stringToCharacters "abcdefghijklmnopqrstuvwxyz";
  upperChars = stringToCharacters "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  toLower = replaceStrings upperChars lowerChars;
  toUpper = replaceStrings lowerChars upperChars;
  toSentenceCase =
    text:
    if builtins.isString text then
      toUpper (substring 0 1 text) + toLower (substring 1 (-1) text)
    else
      throw "toSentenceCase does only accepts string values, but got ${builtins.typeOf text}";
  toCamelCase =
    text:
    let
      words = splitStringBy (_: character: match "[-_ ]" character != null) false text;
      humps = splitStringBy (
        previous: character: match "[a-z]" previous != null && match "[A-Z]" character != null
      ) true;
      parts = builtins.concatMap humps words;
    in
    if builtins.isString text then
      toLower (head parts) + concatMapStrings toSentenceCase (tail parts)
    else
      throw "toCamelCase does only accepts string values, but got ${builtins.typeOf text}";

  # Escaping
  charToInt = character: codes.${character};
  escape = characters: replaceStrings characters (map (character: "\\${character}") characters);
  escapeC =
    characters:
    let
      code = character: toLower (fixedWidthString 2 "0" (lib.trivial.toHexString (charToInt character)));
    in
    replaceStrings characters (map (character: "\\x${code character}") characters);
  escapeURL =
    let
      escaped = builtins.filter (character: match "[A-Za-z0-9._~-]" character == null) (
        builtins.attrNames codes
      );
      code = character: fixedWidthString 2 "0" (lib.trivial.toHexString (charToInt character));
    in
    replaceStrings escaped (map (character: "%${code character}") escaped);
  escapeRegex = escape (stringToCharacters "\\[{()^$?*+|.");
  escapeXML =
    replaceStrings
      [ "&" "<" ">" "\"" "'" ]
      [ "&amp;" "&lt;" "&gt;" "&quot;" "&apos;" ];
  escapeShellArg =
    argument:
    let
      text = toString argument;
    in
    if match "[a-zA-Z0-9,._+:@%/-]+" text == null then
      "'${replaceStrings [ "'" ] [ "'\\''" ] text}'"
    else
      text;
  escapeShellArgs = concatMapStringsSep " " escapeShellArg;
  isValidPosixName = name: match "[a-zA-Z_][a-zA-Z0-9_]*" name != null;
  toShellVar =
    name: value:
    let
      element = key: text: "[${escapeShellArg key}]=${escapeShellArg text}";
    in
    if !isValidPosixName name then
      throw "toShellVar: ${name} is not a valid shell variable name"
    else if builtins.isList value then
      "declare -a ${name}=(${escapeShellArgs value})"
    else if builtins.isAttrs value && !isStringLike value then
      "declare -A ${name}=(${concatMapAttrsStringSep " " element value})"
    else
      "${name}=${escapeShellArg value}";
  toShellVars = concatMapAttrsStringSep "\n" toShellVar;
  escapeNixString = text: replaceStrings [ "$" ] [ "\\$" ] (builtins.toJSON text);
  escapeNixIdentifier =
    name:
    let
      keywords = [
        "assert"
        "else"
        "if"
        "in"
        "inherit"
        "let"
        "or"
        "rec"
        "then"
        "with"
      ];
    in
    if match "[a-zA-Z_][a-zA-Z0-9_'-]*" name != null && !(builtins.elem name keywords) then
      name
    else
      escapeNixString name;

  # Options of build systems
  cmakeOptionType =
    type: feature: value:
    let
      upper = toUpper type;
    in
    assert builtins.elem upper [
      "BOOL"
      "FILEPATH"
      "INTERNAL"
      "LIST"
      "PATH"
      "STRING"
    ];
    assert builtins.isString feature && builtins.isString value;
    "-D${feature}:${upper}=${value}";
  cmakeBool =
    feature: flag:
    assert builtins.isString feature && builtins.isBool flag;
    cmakeOptionType "bool" feature (if flag then "TRUE" else "FALSE");
  cmakeFeature = cmakeOptionType "string";
  mesonOption =
    feature: value:
    assert builtins.isString feature && builtins.isString value;
    "-D${feature}=${value}";
  mesonBool =
    feature: flag:
    assert builtins.isBool flag;
    mesonOption feature (lib.trivial.boolToString flag);
  mesonEnable =
    feature: flag:
    assert builtins.isBool flag;
    mesonOption feature (if flag then "enabled" else "disabled");
  enableFeature =
    flag: feature:
    assert builtins.isBool flag && builtins.isString feature;
    (if flag then "--enable-" else "--disable-") + feature;
  enableFeatureAs =
    flag: feature: value:
    enableFeature flag feature + optionalString flag "=${value}";
  withFeature =
    flag: feature:
    assert builtins.isString feature;
    (if flag then "--with-" else "--without-") + feature;
  withFeatureAs =
    flag: feature: value:
    withFeature flag feature + optionalString flag "=${value}";

  # Names and versions
  versionOlder = version: than: builtins.compareVersions version than == -1;
  versionAtLeast = version: than: builtins.compareVersions version than != -1;
  getName =
    package:
    if builtins.isString package then
      (builtins.parseDrvName package).name
    else
      package.pname or (builtins.parseDrvName package.name).name;
  getVersion =
    package:
    if builtins.isString package then
      (builtins.parseDrvName package).version
    else
      package.version or (builtins.parseDrvName package.name).version;
  nameFromURL =
    url: separator:
    let
      file = lib.lists.last (splitString "/" url);
      name = head (splitString separator file);
    in
    assert name != file;
    name;
  sanitizeDerivationName =
    text:
    let
      plain = builtins.unsafeDiscardStringContext text;
      valid = stringLength plain <= 207 && match "[a-zA-Z0-9+_?=-][a-zA-Z0-9+._?=-]*" plain != null;
      undotted = head (match "\\.*(.*)" plain);
      dashed = concatMapStrings (part: if builtins.isList part then "-" else part) (
        split "[^a-zA-Z0-9+._?=-]+" undotted
      );
      short = substring (lib.trivial.max 0 (stringLength dashed - 207)) (-1) dashed;
    in
    if valid then
      plain
    else if short == "" then
      "unknown"
    else
      short;
  isStorePath =
    value:
    let
      text = toString value;
    in
    isStringLike value
    && hasPrefix "/" text
    && (dirOf text == builtins.storeDir || match "/[0-9a-z]{52}" text != null);

  # Conversion
  isStringLike =
    value:
    builtins.isString value || builtins.isPath value || value ? outPath || value ? __toString;
  isConvertibleWithToString =
    value:
    isStringLike value
    || builtins.elem (builtins.typeOf value) [
      "bool"
      "float"
      "int"
      "null"
    ]
    || builtins.isList value && builtins.all isConvertibleWithToString value;
  floatToString =
    number:
    let
      text = toString number;
    in
    lib.trivial.warnIf (
      builtins.fromJSON text != number
    ) "Imprecise conversion from float to string ${text}" text;
  toInt =
    text:
    let
      digits = match "[[:space:]]*(-?[[:digit:]]+)[[:space:]]*" text;
      number = builtins.fromJSON (head digits);
      fault = "toInt: Could not convert ${escapeNixString text} to int.";
    in
    if digits == null then
      throw fault
    else if match "0[[:digit:]]+" (head digits) != null then
      throw "toInt: Ambiguity in interpretation of ${escapeNixString text} between octal and zero padded integer."
    else if !builtins.isInt number then
      throw fault
    else
      number;
  toIntBase10 =
    text:
    let
      digits = match "[[:space:]]*0*(-?[[:digit:]]+)[[:space:]]*" text;
      number = builtins.fromJSON (head digits);
      fault = "toIntBase10: Could not convert ${escapeNixString text} to int.";
    in
    if digits == null then
      throw fault
    else if match "0+" (head digits) != null then
      0
    else if !builtins.isInt number then
      throw fault
    else
      number;
  fileContents = file: removeSuffix "\n" (builtins.readFile file);
}
