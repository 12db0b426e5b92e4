# replaceStrings, substring, splitVersion, compareVersions over many strings.
let
  inherit (builtins) compareVersions concatStringsSep foldl' genList length replaceStrings splitVersion stringLength substring toString;
  text = concatStringsSep " " (genList (n: "word${toString n} <tag> & \"quoted\" $dollar") 3000);
  escape = replaceStrings [ "<" ">" "&" "\"" "$" ] [ "&lt;" "&gt;" "&amp;" "&quot;" "\\$" ];
  characters = text: genList (n: substring n 1 text) (stringLength text);
in
[
  (stringLength (foldl' (text: _: substring 0 200000 (escape text)) text (genList (n: n) 25)))
  (length (characters (substring 0 130000 text)))
  (foldl' (sum: n: sum + length (splitVersion "1.${toString n}.3pre${toString n}")) 0 (genList (n: n) 100000))
  (foldl' (sum: n: sum + compareVersions "1.${toString n}.3" "1.${toString (n - 1)}.10") 0 (genList (n: n) 100000))
]
