# Functions whose arguments can be overridden, arguments filled in by name, and scopes of packages.
{ lib }:
let
  inherit (lib.trivial)
    functionArgs
    isFunction
    mirrorFunctionArgs
    setFunctionArgs
    ;

  quote = name: "\"${name}\"";

  # "a", "b" or "c"
  alternatives =
    names:
    if builtins.length names == 1 then
      quote (builtins.head names)
    else
      "${builtins.concatStringsSep ", " (map quote (lib.lists.init names))} or ${quote (lib.lists.last names)}";

  missingArgument =
    available: arguments: name:
    let
      position = builtins.unsafeGetAttrPos name arguments;
      place =
        if position == null then
          "<unknown location>"
        else
          "${position.file}:${toString position.line}";
      near = builtins.filter (lib.strings.levenshteinAtMost 2 name) (builtins.attrNames available);
      best = lib.lists.take 3 (lib.lists.sortOn (lib.strings.levenshtein name) near);
      hint = if best == [ ] then "" else ", did you mean ${alternatives best}?";
    in
    "lib.customisation.callPackageWith: Function called without required argument ${quote name} at ${place}${hint}";
in
rec {
  # `f`, with `override` on what it returns: new arguments, or a function from the old ones to new ones.
  makeOverridable =
    f:
    let
      mirrored = mirrorFunctionArgs f;
      change = old: new: if isFunction new then old // new old else old // new;
      call =
        arguments:
        let
          result = f arguments;
          override = mirrored (new: makeOverridable f (change arguments new));
          # The same function, changed in what it returns.
          later = adapt: makeOverridable (mirrored (changed: adapt (f changed))) arguments;
        in
        if builtins.isAttrs result then
          result
          // {
            inherit override;
            overrideDerivation = new: later (package: overrideDerivation package new);
            ${if result ? overrideAttrs then "overrideAttrs" else null} =
              new: later (package: package.overrideAttrs new);
          }
        else if isFunction result then
          setFunctionArgs result (functionArgs result) // { inherit override; }
        else
          result;
    in
    if builtins.isAttrs f then
      f
      // mirrored call
      // {
        ${if f ? override then "override" else null} = new: makeOverridable (f.override new);
      }
    else
      mirrored call;

  overrideDerivation =
    package: f:
    let
      passthru = package.passthru or { };
    in
    extendDerivation (builtins.seq package.drvPath true) (
      {
        meta = package.meta or { };
        inherit passthru;
      }
      // passthru
    ) (derivation (package.drvAttrs // f package));

  # The derivation and each of its outputs with more attributes. They have paths only if the condition holds.
  extendDerivation =
    condition: passthru: package:
    let
      outputs = package.outputs or [ "out" ];
      paths =
        of:
        {
          drvPath =
            assert condition;
            of.drvPath;
          outPath =
            assert condition;
            of.outPath;
        };
      output =
        name:
        common
        // {
          inherit (package.${name}) type outputName;
          outputSpecified = true;
          ${if passthru ? overrideAttrs then "overrideAttrs" else null} =
            new: (passthru.overrideAttrs new).${name};
        }
        // paths package.${name};
      byName = lib.attrsets.genAttrs outputs output;
      common =
        package
        // byName
        // { all = map (name: byName.${name}) outputs; }
        // passthru
        // paths package;
    in
    common;

  callPackageWith =
    scope: function: arguments:
    let
      f = if isFunction function then function else import function;
      expected = functionArgs f;
      passed = builtins.intersectAttrs expected scope // arguments;
      missing = builtins.filter (name: !expected.${name}) (
        builtins.attrNames (removeAttrs expected (builtins.attrNames passed))
      );
    in
    if missing == [ ] then
      makeOverridable f passed
    else
      abort (missingArgument (scope // arguments) expected (builtins.head missing));

  callPackagesWith =
    scope: function: arguments:
    let
      f = if isFunction function then function else import function;
      passed = builtins.intersectAttrs (functionArgs f) scope // arguments;
      packages = f passed;
      mirrored = mirrorFunctionArgs f;
    in
    if lib.attrsets.isDerivation packages then
      throw "function `callPackages` was called on a *single* derivation ${quote (packages.name or "<unknown-name>")}; did you mean to use `callPackage` instead?"
    else
      builtins.mapAttrs (name: _: makeOverridable (mirrored (new: (f new).${name})) passed) packages;

  makeScope =
    newScope: f:
    let
      scope = {
        callPackage = scope.newScope { };
      }
      // f scope
      // {
        newScope = more: newScope (scope // more);
        overrideScope = overlay: makeScope newScope (lib.fixedPoints.extends overlay f);
        packages = f;
      };
    in
    scope;

  makeScopeWithSplicing =
    splicePackages: newScope: otherSplices: keep: extra: f:
    makeScopeWithSplicing' { inherit splicePackages newScope; } {
      inherit
        extra
        f
        keep
        otherSplices
        ;
    };
  makeScopeWithSplicing' =
    { splicePackages, newScope }@tools:
    {
      otherSplices,
      keep ? (_: { }),
      extra ? (_: { }),
      f,
    }@parts:
    let
      split = splicePackages {
        pkgsBuildBuild = otherSplices.selfBuildBuild;
        pkgsBuildHost = otherSplices.selfBuildHost;
        pkgsBuildTarget = otherSplices.selfBuildTarget;
        pkgsHostHost = otherSplices.selfHostHost;
        pkgsHostTarget = scope;
        pkgsTargetTarget = otherSplices.selfTargetTarget;
      };
      visible = extra split // split // keep scope;
      scope = f scope // {
        newScope = more: newScope (visible // more);
        callPackage = newScope visible;
        overrideScope =
          overlay:
          makeScopeWithSplicing' tools (parts // { f = lib.fixedPoints.extends overlay f; });
        packages = f;
      };
    in
    scope;

  # A builder function made from another one: its arguments (a set, or final: set) go through `extendDrvArgs` first.
  extendMkDerivation =
    {
      constructDrv,
      excludeDrvArgNames ? [ ],
      excludeFunctionArgNames ? [ ],
      extendDrvArgs,
      inheritFunctionArgs ? true,
      transformDrv ? (package: package),
    }:
    {
      inherit
        constructDrv
        excludeDrvArgNames
        extendDrvArgs
        transformDrv
        ;
      __functor =
        _: arguments:
        transformDrv (
          constructDrv (
            final:
            let
              given = lib.trivial.toFunction arguments final;
            in
            removeAttrs given excludeDrvArgNames // extendDrvArgs final given
          )
        );
      __functionArgs =
        let
          inherited = removeAttrs (functionArgs constructDrv) excludeDrvArgNames;
          own = functionArgs (extendDrvArgs { });
        in
        removeAttrs ((if inheritFunctionArgs then inherited else { }) // own) excludeFunctionArgNames;
    };

  hydraJob =
    package:
    let
      outputs = package.outputs or [ "out" ];
      job =
        {
          inherit (package) name system meta;
          inherit outputs;
        }
        // lib.attrsets.optionalAttrs (package._hydraAggregate or false) {
          _hydraAggregate = true;
          constituents = map hydraJob (lib.lists.flatten package.constituents);
        }
        // lib.attrsets.genAttrs outputs output;
      output =
        outputName:
        job
        // {
          inherit (package.${outputName}) outPath drvPath;
          inherit outputName;
          type = "derivation";
        };
      first = output (builtins.head outputs);
    in
    if package == null then null else builtins.deepSeq first first;

  renameCrossIndexFrom = prefix: index: {
    buildBuild = index."${prefix}BuildBuild";
    buildHost = index."${prefix}BuildHost";
    buildTarget = index."${prefix}BuildTarget";
    hostHost = index."${prefix}HostHost";
    hostTarget = index."${prefix}HostTarget";
    targetTarget = index."${prefix}TargetTarget";
  };
  renameCrossIndexTo = prefix: index: {
    "${prefix}BuildBuild" = index.buildBuild;
    "${prefix}BuildHost" = index.buildHost;
    "${prefix}BuildTarget" = index.buildTarget;
    "${prefix}HostHost" = index.hostHost;
    "${prefix}HostTarget" = index.hostTarget;
    "${prefix}TargetTarget" = index.targetTarget;
  };
  mapCrossIndex = function: builtins.mapAttrs (_: function);
}
