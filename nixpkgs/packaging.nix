# Packages: derivations with `meta`, `passthru` and `overrideAttrs`.
{ pkgs }:
let
  # The attributes of a package may be a function of their final values: finalAttrs: { … }.
  layerOf = attributes: if builtins.isFunction attributes then attributes else _: attributes;

  # What an override asks to change: a set, `previous: set` or `final: previous: set`.
  changesOf =
    change: final: previous:
    if !builtins.isFunction change then
      change
    else
      let
        changes = change previous;
      in
      if builtins.isFunction changes then change final previous else changes;

  # `complete` turns attributes into arguments of `derivation`; `override layer change` is the package changed.
  packageOf =
    { complete, override }:
    layer:
    let
      final = layer (final // { finalPackage = package; });
      passthru = final.passthru or { };
      plain = derivation (
        complete (
          removeAttrs final [
            "meta"
            "passthru"
          ]
        )
      );
      names = plain.outputs or [ "out" ];
      outputs = builtins.listToAttrs (
        map (name: {
          inherit name;
          value = package // {
            inherit (plain.${name}) drvPath outPath outputName;
            outputSpecified = true;
            overrideAttrs = change: (package.overrideAttrs change).${name};
          };
        }) names
      );
      package =
        plain
        // outputs
        // passthru
        // {
          inherit passthru;
          all = map (name: outputs.${name}) names;
          outputs = names;
          meta = {
            inherit (plain) name;
            outputsToInstall = [ (if builtins.elem "bin" names then "bin" else builtins.head names) ];
          }
          // final.meta or { };
          overrideAttrs = override layer;
        };
    in
    package;
in
rec {
  # What `stdenv.mkDerivation` makes: bash runs the phases of build.sh.
  fromPhases = attributes: phased (layerOf attributes);
  phased = packageOf {
    complete =
      attributes:
      let
        structured = attributes.__structuredAttrs or false;
      in
      removeAttrs attributes [
        "env"
        "realBuilder"
      ]
      // {
        name =
          attributes.name or (
            if attributes ? pname && attributes ? version then
              "${attributes.pname}-${attributes.version}"
            else
              throw "mkDerivation: a package needs a 'name', or a 'pname' and a 'version'"
          );
        builder = attributes.realBuilder or pkgs.stdenv.shell;
        args = attributes.args or [
          "-e"
          (attributes.builder or ./build.sh)
        ];
        system = attributes.system or pkgs.system;
        initialPath = attributes.initialPath or pkgs.stdenv.initialPath;
        outputs = attributes.outputs or [ "out" ];
        __ignoreNulls = true;
      }
      // (if structured then { env = attributes.env or { }; } else attributes.env or { });
    override =
      layer: change:
      phased (
        final:
        let
          previous = layer final;
        in
        previous // changesOf change final previous
      );
  };

  # A package that ocinix itself makes, with a builder such as `builtin:files`: nothing is executed. An override sees a
  # `buildCommand` that copies it all the same, and when it changes that, the package becomes one that bash makes.
  fromBuiltin = attributes: builtin (layerOf attributes);
  builtin = packageOf {
    complete =
      attributes:
      {
        inherit (pkgs) system;
        __structuredAttrs = true;
      }
      // attributes;
    override =
      layer: change:
      let
        copy = copyCommand (builtin layer);
        previousOf = final: layer final // { buildCommand = copy; };
        changed = final: changesOf change final (previousOf final);
        ownNames =
          final:
          builtins.attrNames (
            removeAttrs (layer final) [
              "name"
              "meta"
              "passthru"
            ]
          );
        asBuiltin = final: layer final // removeAttrs (changed final) [ "buildCommand" ];
        asScript =
          final:
          removeAttrs (previousOf final // changed final) (ownNames final);
        changes = changed (layer { });
      in
      if changes ? buildCommand && changes.buildCommand != copy then phased asScript else builtin asBuiltin;
  };

  # Shell commands that make `$out` a copy of a package that later commands may change.
  copyCommand = package: "cp -r ${package} $out\nchmod -R u+w $out\n";
}
