# match and split with patterns such as nixpkgs has.
let
  inherit (builtins) concatStringsSep elemAt filter foldl' genList isList isString length match split toString;
  versions = genList (n: "package-name${toString n}-1.${toString n}.2-beta${toString (n - n / 7 * 7)}") 60000;
  parse = match "([a-z0-9-]+)-([0-9]+)\\.([0-9]+)\\.([0-9]+)(-[a-z]+([0-9]*))?";
  lines = concatStringsSep "\n" (genList (n: "key${toString n} = value ${toString n}  # comment") 20000);
in
[
  (foldl' (sum: version: let parts = parse version; in if parts == null then sum else sum + length parts) 0 versions)
  (length (filter isString (split "\n" lines)))
  (length (filter isList (split "([a-z]+)([0-9]+) = " lines)))
  (length (filter (version: match ".*beta[35]" version != null) versions))
]
