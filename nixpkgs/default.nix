# `import <nixpkgs> { }`: the package set that comes with ocinix. It has the functions of nixpkgs that put files, links
# and programs together, and programs taken from the machine. A topic's file is read when the first of its names is needed.
{
  localSystem ? { },
  system ? (
    if builtins.isString localSystem then
      localSystem
    else
      localSystem.system or builtins.currentSystem or (throw "import <nixpkgs>: pure evaluation does not know what kind of machine this is; say it, as in import <nixpkgs> { system = \"x86_64-linux\"; }")
  ),
  crossSystem ? null,
  config ? { },
  overlays ? [ ],
  crossOverlays ? [ ],
}:
let
  lib = import ./lib;

  hostPackages = import ./host-packages.nix {
    inherit lib;
    # No other file sees this builtin. Programs of this machine are no use to another kind of machine.
    hostPackage =
      if system == builtins.currentSystem or system then
        __hostPackage
      else
        package:
        throw "the package '${package.attr}' would come from this machine, which is an ${builtins.currentSystem}, but <nixpkgs> was asked for packages for ${system}; point <nixpkgs> at real nixpkgs for those (NIX_PATH, or -I nixpkgs=PATH)";
  };

  base =
    pkgs:
    let
      topic = file: import file { inherit lib packaging pkgs; };
      packaging = import ./packaging.nix { inherit pkgs; };
      absent = import ./absent.nix;
    in
    hostPackages.packages
    // {
      inherit (hostPackages) hostProgram;
      inherit lib pkgs system;
      inherit (lib) dontRecurseIntoAttrs recurseIntoAttrs;
      path = ./.;

      stdenv = topic ./stdenv.nix;
      stdenvNoCC = pkgs.stdenv;
      inherit (pkgs.stdenv) buildPlatform hostPlatform targetPlatform;
      buildPackages = pkgs;
      targetPackages = pkgs;

      callPackage = pkgs.newScope { };
      callPackages = lib.callPackagesWith pkgs;
      newScope = extra: lib.callPackageWith (pkgs // extra);
      inherit (lib) makeOverridable;
      # Packages for the machine that builds are those for the machine that runs them.
      splicePackages = sets: sets.pkgsHostTarget;
      generateSplicesForMkScope = lib.const {
        selfBuildBuild = { };
        selfBuildHost = { };
        selfBuildTarget = { };
        selfHostHost = { };
        selfHostTarget = { };
        selfTargetTarget = { };
      };
      makeScopeWithSplicing' = lib.makeScopeWithSplicing' { inherit (pkgs) newScope splicePackages; };

      runtimeShell = "${pkgs.runtimeShellPackage}/bin/bash";
      runtimeShellPackage = pkgs.bash;

      inherit (topic ./text.nix)
        concatScript
        concatText
        copyPathsToStore
        copyPathToStore
        emptyDirectory
        emptyFile
        writeClosure
        writeReferencesToFile
        writeScript
        writeScriptBin
        writeShellApplication
        writeShellScript
        writeShellScriptBin
        writeText
        writeTextDir
        writeTextFile
        ;
      inherit (topic ./tree.nix)
        buildEnv
        linkFarm
        linkFarmFromDrvs
        symlinkJoin
        ;
      inherit (topic ./command.nix)
        mkShell
        mkShellNoCC
        runCommand
        runCommandCC
        runCommandLocal
        runCommandWith
        ;
      formats = topic ./formats.nix;
      ociTools = topic ./oci-tools.nix;

      inherit (absent)
        dockerTools
        fetchFromBitbucket
        fetchFromGitHub
        fetchFromGitLab
        fetchFromSourcehut
        fetchgit
        fetchpatch
        fetchurl
        fetchzip
        gcc
        makeWrapper
        nix
        nixos
        pkgsCross
        pkgsMusl
        pkgsStatic
        testers
        writers
        ;
    };

  layered = builtins.foldl' (
    layer: overlay: final:
    let
      previous = layer final;
    in
    previous // overlay final previous
  );

  make =
    overlays:
    let
      settings =
        if builtins.isFunction config then
          config { inherit lib pkgs; }
        else if builtins.isAttrs config then
          config
        else
          throw "import <nixpkgs>: 'config' must be a set or a function that gives one, but is a ${builtins.typeOf config}";
      ends = [
        (_: _: {
          inherit overlays;
          config = settings;
          extend = overlay: make (overlays ++ [ overlay ]);
          appendOverlays = more: make (overlays ++ more);
        })
        (_: settings.packageOverrides or (_: { }))
      ];
      pkgs = layered base (overlays ++ ends) pkgs;
    in
    pkgs;
in
if crossSystem != null && crossSystem.system or crossSystem != system then
  throw "import <nixpkgs>: 'crossSystem' asks for packages that are compiled for another machine; the <nixpkgs> that comes with ocinix has none, so point it at real nixpkgs (NIX_PATH, or -I nixpkgs=PATH)"
else if !builtins.isList overlays then
  throw "import <nixpkgs>: 'overlays' must be a list of functions 'final: prev: { … }', but is a ${builtins.typeOf overlays}"
else
  make (overlays ++ crossOverlays)
