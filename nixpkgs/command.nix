# Packages that a script makes. They evaluate to ordinary derivations, whose builder is bash.
{ lib, packaging, pkgs }:
let
  runCommand =
    name: attributes: buildCommand:
    pkgs.stdenv.mkDerivation ({ inherit name buildCommand; } // attributes);

  local = {
    preferLocalBuild = true;
    allowSubstitutes = false;
  };

  # A package for its inputs and its `shellHook` only.
  mkShell =
    {
      name ? "nix-shell",
      packages ? [ ],
      inputsFrom ? [ ],
      shellHook ? "",
      ...
    }@arguments:
    let
      inputs =
        names: own:
        own ++ builtins.concatMap (package: builtins.concatMap (name: package.${name} or [ ]) names) inputsFrom;
      rest = removeAttrs arguments [
        "packages"
        "inputsFrom"
        "shellHook"
      ];
    in
    pkgs.stdenv.mkDerivation (
      rest
      // {
        inherit name;
        buildInputs = inputs [ "buildInputs" ] (arguments.buildInputs or [ ]);
        nativeBuildInputs = inputs [ "nativeBuildInputs" ] (packages ++ arguments.nativeBuildInputs or [ ]);
        shellHook = builtins.concatStringsSep "\n" (
          map (package: package.shellHook or "") inputsFrom ++ [ shellHook ]
        );
        buildCommand = arguments.buildCommand or "export >$out\n";
      }
    );
in
{
  inherit mkShell runCommand;
  mkShellNoCC = mkShell;

  runCommandLocal = name: attributes: runCommand name (local // attributes);

  runCommandWith =
    {
      name,
      stdenv ? pkgs.stdenv,
      runLocal ? false,
      derivationArgs ? { },
    }:
    buildCommand:
    stdenv.mkDerivation (
      { inherit name buildCommand; } // (if runLocal then local else { }) // derivationArgs
    );

  runCommandCC =
    name: _: _:
    throw "runCommandCC \"${name}\": the <nixpkgs> that comes with ocinix has no C compiler; point <nixpkgs> at real nixpkgs to compile (NIX_PATH, or -I nixpkgs=PATH)";
}
