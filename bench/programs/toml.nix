# A large TOML text.
let
  inherit (builtins) attrNames concatStringsSep fromTOML genList length toString;
  text = concatStringsSep "\n" (genList (n: ''
    [package.p${toString n}]
    name = "package ${toString n}"
    version = "1.${toString n}.0"
    numbers = [ 1, 2, ${toString n}, 0x1f ]
    ratio = ${toString n}.5
    dependencies = { serde = "1.0", "quoted key" = { version = "2", optional = true } }
  '') 8000);
in
length (attrNames (fromTOML text).package)
