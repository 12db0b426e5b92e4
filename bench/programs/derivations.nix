# A graph of eight thousand derivations.
let
  inherit (builtins) elemAt genList toString;
  packages = genList (n: derivation {
    name = "package-${toString n}";
    system = "x86_64-linux";
    builder = "/bin/sh";
    args = [ "-c" "echo ${toString n} > $out" ];
    inputs = genList (i: elemAt packages (n - 1 - i * 7 )) (if n < 30 then 0 else 4);
    outputs = [ "out" "dev" ];
    passAsFile = [ "text" ];
    text = "some text ${toString n}";
  }) 8000;
  withoutSet = map (package: package.drvPath) packages;
in
builtins.hashString "sha256" (builtins.concatStringsSep "," withoutSet)
