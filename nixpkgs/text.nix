# Files from texts. They are made by `builtin:files`, a builder inside ocinix.
{ lib, packaging, pkgs }:
let
  inherit (packaging) copyCommand fromBuiltin;

  fileName = path: builtins.head (builtins.match "/*(.*)" path);

  writeTextFile =
    {
      name,
      text,
      executable ? false,
      # A path in the output, such as "/bin/tool"; by default the output itself is the file.
      destination ? "",
      checkPhase ? "",
      meta ? { },
      passthru ? { },
      # Where nixpkgs builds it and whether it downloads it; a file is made faster than either is decided.
      allowSubstitutes ? false,
      preferLocalBuild ? true,
      derivationArgs ? { },
    }:
    let
      attributes = {
        inherit name meta passthru;
      }
      // derivationArgs;
      unchecked = fromBuiltin (
        attributes
        // {
          builder = "builtin:files";
          files.${fileName destination} = { inherit text executable; };
        }
      );
      checked = pkgs.runCommand name (removeAttrs attributes [ "name" ]) ''
        ${copyCommand unchecked}
        target=$out${lib.escapeShellArg destination}
        ${checkPhase}
      '';
    in
    if checkPhase == "" then unchecked else checked;

  writeScript = name: text: writeTextFile { inherit name text; executable = true; };

  writeProgram =
    name: text:
    writeTextFile {
      inherit name text;
      executable = true;
      destination = "/bin/${name}";
      meta.mainProgram = name;
    };

  shellScript = text: "#!${pkgs.runtimeShell}\n${text}\n";

  concatFiles =
    executable: name: files:
    fromBuiltin {
      inherit name;
      builder = "builtin:files";
      files."" = {
        inherit executable;
        concat = map (file: "${file}") (lib.toList files);
      };
    };

  writeClosure =
    paths:
    if !builtins.isList paths then
      throw "writeClosure: wants a list of paths and packages, but got a ${builtins.typeOf paths}"
    else
      fromBuiltin {
        name = "runtime-deps";
        builder = "builtin:closure";
        rootPaths = map (path: "${path}") paths;
      };
in
{
  inherit writeClosure writeScript writeTextFile;

  writeText = name: text: writeTextFile { inherit name text; };
  writeTextDir =
    path: text:
    writeTextFile {
      name = baseNameOf path;
      inherit text;
      destination = "/${path}";
    };
  writeScriptBin = writeProgram;
  writeShellScript = name: text: writeScript name (shellScript text);
  writeShellScriptBin = name: text: writeProgram name (shellScript text);

  # A shell script that stops at the first error and finds its programs whatever PATH is. Nothing checks the script,
  # where nixpkgs runs shellcheck.
  writeShellApplication =
    {
      name,
      text,
      # Packages whose programs the script calls.
      runtimeInputs ? [ ],
      # Variables to export.
      runtimeEnv ? null,
      meta ? { },
      passthru ? { },
      checkPhase ? null,
      # Options of the check that nixpkgs makes.
      excludeShellChecks ? [ ],
      extraShellCheckFlags ? [ ],
      bashOptions ? [
        "errexit"
        "nounset"
        "pipefail"
      ],
      # Whether the caller's PATH counts too.
      inheritPath ? true,
      derivationArgs ? { },
    }:
    let
      options = map (option: "set -o ${option}\n") bashOptions;
      variables =
        if runtimeEnv == null then
          [ ]
        else
          lib.mapAttrsToList (variable: value: "${lib.toShellVar variable value}\nexport ${variable}\n") runtimeEnv;
      path =
        if runtimeInputs == [ ] && inheritPath then
          [ ]
        else
          [ "export PATH=\"${lib.makeBinPath runtimeInputs}${if inheritPath then ":$PATH" else ""}\"\n" ];
    in
    writeTextFile {
      inherit name passthru derivationArgs;
      executable = true;
      destination = "/bin/${name}";
      meta = {
        mainProgram = name;
      }
      // meta;
      text = "#!${pkgs.runtimeShell}\n${lib.concatStrings (options ++ variables ++ path)}\n${text}\n";
      checkPhase = if checkPhase == null then "" else checkPhase;
    };

  concatText = concatFiles false;
  concatScript = concatFiles true;

  emptyFile = writeTextFile {
    name = "empty-file";
    text = "";
  };
  emptyDirectory = fromBuiltin {
    name = "empty-directory";
    builder = "builtin:files";
    files = { };
  };

  writeReferencesToFile = path: writeClosure [ path ];

  copyPathToStore = builtins.filterSource (_: _: true);
  copyPathsToStore = map (builtins.filterSource (_: _: true));
}
