# Names of nixpkgs that the embedded one leaves out, but that expressions often use: each says what to do about it.
let
  absent =
    what: name:
    throw "pkgs.${name} is not part of the <nixpkgs> that comes with ocinix: ${what}; point <nixpkgs> at real nixpkgs to use it (NIX_PATH, or -I nixpkgs=PATH)";
  each =
    what: names:
    builtins.listToAttrs (
      map (name: {
        inherit name;
        value = absent what name;
      }) names
    );
in
each "it downloads sources to compile, and this one compiles nothing" [
  "fetchFromBitbucket"
  "fetchFromGitHub"
  "fetchFromGitLab"
  "fetchFromSourcehut"
  "fetchgit"
  "fetchpatch"
  "fetchurl"
  "fetchzip"
]
// each "this one compiles nothing" [
  "gcc"
  "pkgsCross"
  "pkgsMusl"
  "pkgsStatic"
]
// each "it makes images, where ociTools.buildContainer makes bundles" [ "dockerTools" ]
// each "it has to execute scripts" [
  "makeWrapper"
  "testers"
  "writers"
]
// each "it needs the module system" [ "nixos" ]
// each "programs come from the machine, and nix is what ocinix does without" [ "nix" ]
