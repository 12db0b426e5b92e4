# What the store paths and derivations of a program are, one attribute for everything that may change them. Every value is
# shown with the contexts of its strings; every derivation in the closure is compared to the byte.
let
  inherit (builtins)
    toFile readFile filterSource appendContext unsafeDiscardStringContext unsafeDiscardOutputDependency
    addDrvOutputDependencies placeholder substring stringLength replaceStrings concatStringsSep;

  make = attrs: derivation ({ name = "made"; system = "x86_64-linux"; builder = "/bin/sh"; } // attrs);
  plain = make { name = "plain"; };
  several = make { name = "several"; outputs = [ "out" "dev" "lib" ]; };
  text = toFile "text" "some text\n";
  referring = toFile "referring" "see ${text}\n";
  noHash = { name = "fixed"; builder = "builtin:fetchurl"; url = "https://example.org/x.tar.gz"; };
  hash = {
    md5 = "d41d8cd98f00b204e9800998ecf8427e";
    sha1 = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
    sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    sha512 = "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e";
  };
  fixed = algorithm: mode: make (noHash // {
    name = "fixed-${algorithm}-${mode}";
    outputHashAlgo = algorithm;
    outputHash = hash.${algorithm};
    outputHashMode = mode;
  });
  allFixed = map (algorithm: fixed algorithm "flat") (builtins.attrNames hash);
  structured = attrs: make ({ __structuredAttrs = true; } // attrs);
  chain = n: make { name = "chain-${toString n}"; previous = if n == 0 then text else chain (n - 1); };
  # Every derivation uses the two before it.
  ladder = n: make { name = "ladder-${toString n}"; inputs = if n < 2 then [ ] else [ (ladder (n - 1)) (ladder (n - 2)) ]; };
  allNameCharacters = "+-._?=0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  repeat = n: s: if n == 0 then "" else s + repeat (n - 1) s;
in
{
  # texts
  toFileEmpty = toFile "empty" "";
  toFileText = text;
  toFileReferring = referring;
  toFileTwice = toFile "twice" "${text} ${referring} ${text}";
  toFileOnSource = toFile "on-source" "${./source}";
  toFileUnicode = toFile "unicode" "caf\u00e9 ‘quoted’ €\n";
  toFileBytes = toFile "bytes" (readFile ./source/sub/bytes.bin);
  toFileName = toFile "0.a+b-c._?=1" "x";
  toFileLongName = toFile (repeat 211 "n") "x";
  toFileAllCharacters = toFile allNameCharacters "x";
  toFileDiscarded = toFile "discarded" (unsafeDiscardStringContext "${plain}");
  toFileOnDrv = toFile "on-drv" (unsafeDiscardOutputDependency plain.drvPath);

  # paths
  pathInString = "${./source/plain.txt}";
  pathExecutable = "${./source/run.sh}";
  pathFolder = "${./source}";
  pathSubFolder = "${./source/sub}/utf8.txt";
  pathTwice = "${./source/plain.txt} ${./source/plain.txt}";
  pathNamed = builtins.path { path = ./source; name = "named"; };
  pathUnnamed = builtins.path { path = ./source; };
  pathFromString = builtins.path { path = toString ./source; name = "from-string"; };
  pathFlat = builtins.path { path = ./source/plain.txt; recursive = false; };
  pathFlatExecutable = builtins.path { path = ./source/run.sh; recursive = false; name = "flat-run"; };
  pathRecursiveFile = builtins.path { path = ./source/run.sh; recursive = true; };
  pathFlatHash = builtins.path {
    path = ./source/plain.txt;
    recursive = false;
    sha256 = builtins.hashFile "sha256" ./source/plain.txt;
  };
  pathFlatSri = builtins.path {
    path = ./source/sub/b.nix;
    recursive = false;
    sha256 = "sha256-AmOCmYm2/ZVPcrqvL8ZLwuLwHWktTecphuqAj26ZgT8=";
  };
  pathFiltered = builtins.path {
    path = ./source;
    name = "filtered";
    filter = path: type: type == "directory" || baseNameOf path == "plain.txt";
  };
  pathFilteredAway = builtins.path { path = ./source; name = "nothing"; filter = path: type: false; };
  pathFilterByType = builtins.path { path = ./source; name = "by-type"; filter = path: type: type != "regular"; };
  filterSourceAll = filterSource (path: type: true) ./source;
  filterSourceSome = filterSource (path: type: builtins.match ".*\\.(o|bin)" path == null) ./source;
  filterSourceFile = filterSource (path: type: throw "not asked") ./source/plain.txt;
  sourceOfSource = "${/. + unsafeDiscardStringContext "${./source/sub}"}";
  pathInStore = builtins.path { path = "${./source}/sub"; name = "part"; };
  pathOfReferring = builtins.path { path = referring; name = "again"; };
  storePathOfSource = builtins.storePath (unsafeDiscardStringContext "${./source}");
  storePathBelow = builtins.storePath "${./source}/sub";

  # plain derivations
  minimal = plain;
  oneCharacterName = make { name = "x"; };
  allCharactersInName = make { name = allNameCharacters; };
  longestName = make { name = repeat 207 "n"; };
  dottedName = make { name = ".hidden"; };
  dashedName = make { name = "-x"; };
  questionName = make { name = "?"; };
  arguments = make { args = [ "-e" ./source/run.sh "a b" "" 1 true false null 1.5 [ "x" [ ] [ "y" ] ] plain ]; };
  noArguments = make { args = [ ]; };
  values = make { int = 42; negative = -7; large = 9223372036854775807; float = 0.1; yes = true; no = false; nothing = null; };
  lists = make { list = [ "a" [ "b" [ ] "c" ] [ ] "d" ]; empty = [ ]; nested = [ [ [ ] ] [ ] ]; };
  strings = make { quotes = "\"'"; backslash = "\\n"; lines = "a\nb\r\n\tc"; dollar = "\${x}"; empty = ""; };
  unicode = make { text = "ü ‘quoted’ € 𝄞"; "naïve €" = "value"; };
  bytes = make { bytes = readFile ./source/sub/bytes.bin; };
  oddVariables = make { "a b" = "1"; "=" = "2"; "" = "3"; "\"\n" = "4"; };
  toStringSet = make { set = { __toString = self: "from ${self.a}"; a = "set"; }; };
  outPathSet = make { set = { outPath = "/somewhere"; }; nested = { outPath = { outPath = plain; }; }; };
  pathVariable = make { src = ./source; file = ./source/plain.txt; };
  overriddenOutput = make { out = "ignored"; outPath = "kept"; };
  otherSystem = make { system = "riscv64-linux"; };
  systemInContext = make { system = "${substring 0 0 "${text}"}weird"; };
  builderInStore = make { builder = "${several.lib}/bin/sh"; };
  builderPath = make { builder = ./source/run.sh; };
  passAsFile = make { passAsFile = [ "script" "data" ]; script = "echo"; data = "x"; };
  graph = make { exportReferencesGraph = [ "graph" plain "more" text ]; };
  checks = make { allowedReferences = [ "out" plain ]; disallowedRequisites = [ several ]; allowSubstitutes = false; };
  impureVariables = make { impureEnvVars = [ "http_proxy" ]; __darwinAllowLocalNetworking = true; };

  # outputs
  severalOutputs = several;
  firstIsNotOut = make { outputs = [ "bin" "out" ]; };
  withoutOut = make { outputs = [ "lib" "man" ]; };
  outputsInText = derivationStrict { name = "made"; system = "s"; builder = "b"; outputs = "out\n dev"; };
  oddOutputNames = make { outputs = [ "a+b" "A" "0" "drv" "name" ]; };
  onOneOutput = make { input = several.dev; };
  onAllOutputs = make { inputs = several.all; };
  onOutputTwice = make { a = several.dev; b = "${several.dev}/x ${several.lib}"; c = several; };
  onOutPath = make { input = several.outPath; };
  attributes = removeAttrs several [ "all" "out" "dev" "lib" ];

  # nulls
  nullsKept = make { a = null; b = "x"; };
  nullsIgnored = make { __ignoreNulls = true; a = null; b = "x"; };
  nullsNotIgnored = make { __ignoreNulls = false; a = null; };
  nullListItems = make { __ignoreNulls = true; a = [ null "x" null ]; };
  nullOutputHash = make { __ignoreNulls = true; outputHash = null; outputHashAlgo = null; };

  # fixed outputs
  fixedMd5 = fixed "md5" "flat";
  fixedSha1 = fixed "sha1" "flat";
  fixedSha256 = fixed "sha256" "flat";
  fixedSha512 = fixed "sha512" "flat";
  fixedRecursiveMd5 = fixed "md5" "recursive";
  fixedRecursiveSha1 = fixed "sha1" "recursive";
  fixedRecursiveSha256 = fixed "sha256" "recursive";
  fixedRecursiveSha512 = fixed "sha512" "recursive";
  fixedNar = fixed "sha256" "nar";
  fixedNoMode = make (noHash // { outputHashAlgo = "sha256"; outputHash = hash.sha256; });
  fixedSri = make (noHash // { outputHash = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="; });
  fixedSriAndAlgorithm = make (noHash // {
    outputHashAlgo = "sha512";
    outputHash = "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==";
  });
  fixedNix32 = make (noHash // {
    outputHashAlgo = "sha256";
    outputHash = "0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73";
  });
  fixedBase64 = make (noHash // { outputHashAlgo = "sha1"; outputHash = "2jmj7l5rSw0yVb/vlWAYkK/YBwk="; });
  fixedPrefixed = make (noHash // { outputHashAlgo = null; outputHash = "md5:${hash.md5}"; });
  fixedUpperCase = make (noHash // {
    outputHashAlgo = "md5";
    outputHash = "D41D8CD98F00B204E9800998ECF8427E";
  });
  fixedElsewhere = make (noHash // { url = "https://example.com/y"; outputHashAlgo = "md5"; outputHash = hash.md5; });
  onFixed = make { srcs = allFixed; };
  onFixedElsewhere = make { src = make (noHash // { url = "u"; outputHashAlgo = "md5"; outputHash = hash.md5; }); };
  onFixedHere = make { src = make (noHash // { url = "v"; outputHashAlgo = "md5"; outputHash = hash.md5; }); };
  fixedOnDerivation = make (noHash // { tool = plain; outputHashAlgo = "md5"; outputHash = hash.md5; });
  fixedContentAddressedOff = make (noHash // {
    __contentAddressed = false;
    outputHashAlgo = "sha256";
    outputHash = hash.sha256;
  });
  algorithmWithoutHash = make { outputHashAlgo = "sha1"; outputHashMode = "recursive"; };
  fetchurlFile = import <nix/fetchurl.nix> { url = "https://example.org/a.txt"; sha256 = hash.sha256; };
  fetchurlUnpack = import <nix/fetchurl.nix> {
    url = "https://example.org/a.nar.xz";
    hash = "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==";
    unpack = true;
    name = "unpacked";
  };
  fetchurlExecutable = import <nix/fetchurl.nix> {
    url = "https://example.org/tool";
    sha1 = hash.sha1;
    executable = true;
    system = "i686-linux";
  };
  fetchurlMd5 = import <nix/fetchurl.nix> { url = "https://example.org/m"; inherit (hash) md5; };

  # structured attributes
  structuredMinimal = structured { };
  structuredValues = structured {
    int = 1;
    float = 1.0;
    tiny = 1.0e-7;
    huge = 1.0e30;
    third = 1.0 / 3;
    yes = true;
    nothing = null;
    text = "é \"\\ \n\t€";
    list = [ 1 "two" [ 3.5 null ] { four = [ ]; } ];
    set = { b = 1; a = { nested = "x"; }; "é" = 2; "" = 3; };
    empty = { };
  };
  structuredInputs = structured {
    drv = several;
    output = several.dev;
    path = ./source/plain.txt;
    inherit text;
    deep = plain.drvPath;
    nested = [ { inner = [ plain ]; } ];
    converted = { __toString = self: "as text ${text}"; };
  };
  structuredOutputs = structured { outputs = [ "out" "dev" ]; };
  structuredOutputChecks = structured {
    outputs = [ "out" "bin" ];
    outputChecks = {
      out = { maxSize = 1000; allowedReferences = [ "bin" ]; };
      bin = { disallowedRequisites = [ plain ]; };
    };
  };
  structuredFixed = structured { outputHash = "md5:${hash.md5}"; outputHashMode = "recursive"; };
  structuredArguments = structured { args = [ "-c" "x" ]; };
  structuredNulls = structured { __ignoreNulls = true; a = null; b = [ null ]; };
  structuredOff = make { __structuredAttrs = false; };
  structuredOddOutput = structured { outputs = [ "" ]; };
  structuredGraph = structured { exportReferencesGraph.refs = [ plain text ]; };
  jsonAttribute = make { __json = "{ \"b\": [ 1, 2.50, null ], \"a\": { \"z\": \"\\u00e9\", \"y\": true } }"; extra = "x"; };

  # contexts
  onText = make { inherit text; };
  onReferringText = make { inherit referring; };
  nested = make { a = make { name = "middle"; b = make { name = "inner"; c = ./source/sub/b.nix; }; }; };
  onDrvPath = make { drv = several.drvPath; };
  onDrvFile = make { drv = unsafeDiscardOutputDependency several.drvPath; };
  onDiscarded = make { input = unsafeDiscardStringContext "${several}"; };
  onDeepAndBuilt = make { deep = several.drvPath; built = several.dev; };
  onDeepChain = make { deep = (chain 3).drvPath; };
  onSubstring = make { part = substring 0 5 "${plain}"; empty = substring 0 0 "${text}"; };
  onReplaced = make { text = replaceStrings [ "x" ] [ "${plain}" ] "axb"; same = replaceStrings [ "q" ] [ "${text}" ] "axb"; };
  onJoined = make { text = concatStringsSep ":" [ "${plain}/bin" "${several.dev}/bin" ]; };
  onAppended = make {
    text = appendContext "x" {
      ${unsafeDiscardStringContext several.drvPath}.outputs = [ "lib" "out" ];
      ${unsafeDiscardStringContext text}.path = true;
    };
  };
  onAddedDeep = make { drv = addDrvOutputDependencies (unsafeDiscardOutputDependency plain.drvPath); };
  onPlaceholder = make { self = placeholder "out"; other = placeholder "dev"; outputs = [ "out" "dev" ]; };
  onToJson = make { json = builtins.toJSON { drv = several; path = ./source/plain.txt; }; };
  onToString = make { text = toString [ plain 1 ]; };
  onImported = make { input = import several.drvPath; };
  longChain = chain 60;
  ladderOfDerivations = ladder 14;
  manyInputs = make { inputs = builtins.genList (n: make { name = "input-${toString n}"; }) 50; };

  # strings
  contextOfEverything = "${plain}${several.dev}${several.drvPath}${./source}${text}";
  contextKept = substring 3 (stringLength "${plain}") "${plain}";
  derivationText = readFile plain.drvPath;
  derivationTextWithReferences = readFile (make { inherit text; }).drvPath;
  referringText = readFile referring;
  importedDerivation = import several.drvPath;
  importedText = import (toFile "expression.nix" "{ sum = 1 + 2; }");
  importedSource = scopedImport { b = "scoped"; } "${./source}/sub/b.nix";
  readDirInStore = builtins.readDir "${./source}";
  fileTypeInStore = builtins.readFileType "${./source}/sub";
  existsInStore = map builtins.pathExists [ "${./source}/sub" "${./source}/none" "${text}" "${./source}/" "${text}/" ];
  hashInStore = builtins.hashFile "sha256" "${./source}/run.sh";
}
