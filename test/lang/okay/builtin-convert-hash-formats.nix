let hash = builtins.hashString "sha256" "abc"; in
map (toHashFormat: builtins.convertHash { inherit hash toHashFormat; hashAlgo = "sha256"; }) [ "base16" "nix32" "base64" "sri" ]
