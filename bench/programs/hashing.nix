# Many small texts and some large ones.
let
  inherit (builtins) concatStringsSep foldl' genList hashString stringLength substring toString;
  large = concatStringsSep "" (genList (n: "line ${toString n} of a large text\n") 400000);
in
[
  (foldl' (text: n: hashString "sha256" "${text}${toString n}") "" (genList (n: n) 300000))
  (map (algorithm: hashString algorithm large) [ "md5" "sha1" "sha256" "sha512" ])
]
