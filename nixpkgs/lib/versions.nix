# Version strings and their parts.
{ lib }:
rec {
  inherit (builtins) compareVersions splitVersion;

  major = version: builtins.elemAt (splitVersion version) 0;
  minor = version: builtins.elemAt (splitVersion version) 1;
  patch = version: builtins.elemAt (splitVersion version) 2;
  majorMinor = version: builtins.concatStringsSep "." (lib.lists.take 2 (splitVersion version));

  # `pad 3 "1.2-rc1"` is "1.2.0-rc1".
  pad =
    count: version:
    let
      number = builtins.head (lib.strings.splitString "-" version);
      suffix = lib.strings.removePrefix number version;
      parts = lib.lists.take count (splitVersion number ++ lib.lists.replicate count "0");
    in
    builtins.concatStringsSep "." parts + suffix;
}
