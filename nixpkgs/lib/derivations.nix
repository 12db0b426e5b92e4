# Derivations as values.
{ lib }:
rec {
  inherit (builtins) addDrvOutputDependencies unsafeDiscardOutputDependency;

  # What is said here (outputs, meta, passthru) is known without evaluating the derivation.
  lazyDerivation =
    {
      derivation,
      meta ? null,
      passthru ? { },
      outputs ? [ "out" ],
    }@arguments:
    let
      show = lib.generators.toPretty { multiline = false; };
      checked =
        if !lib.attrsets.isDerivation derivation then
          throw "lazyDerivation: input must be a derivation."
        else if derivation.outputs != outputs then
          throw "lib.lazyDerivation: The derivation ${derivation.name or "<unknown>"} has the outputs ${show derivation.outputs}, but was said to have ${show outputs}."
        else
          derivation;
    in
    {
      type = "derivation";
      inherit (checked)
        drvPath
        name
        outPath
        outputName
        system
        ;
      inherit outputs;
      meta = arguments.meta or checked.meta;
    }
    // lib.attrsets.genAttrs outputs (output: checked.${output})
    // passthru;

  optionalDrvAttr = condition: value: if condition then value else null;

  # Whoever needs more of the package than its name and meta is warned.
  warnOnInstantiate =
    message: package:
    let
      quiet = [
        "meta"
        "name"
        "outputName"
        "type"
      ];
      loud = builtins.mapAttrs (_: lib.trivial.warn message) (removeAttrs package quiet);
      overridable = package ? overrideAttrs && builtins.isFunction package.overrideAttrs;
    in
    package
    // loud
    // lib.attrsets.optionalAttrs overridable {
      overrideAttrs = new: warnOnInstantiate message (package.overrideAttrs new);
    };
}
