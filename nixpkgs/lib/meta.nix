# What packages say about themselves, and the path of a package's program.
{ lib }:
rec {
  addMetaAttrs =
    new: package:
    if package ? overrideAttrs then
      package.overrideAttrs (old: {
        meta = (old.meta or { }) // new;
      })
    else
      package // { meta = (package.meta or { }) // new; };
  dontDistribute = addMetaAttrs { hydraPlatforms = [ ]; };

  setName = name: package: package // { inherit name; };
  updateName = change: package: setName (change package.name) package;
  appendToName =
    suffix:
    updateName (
      name:
      let
        parsed = builtins.parseDrvName name;
      in
      "${parsed.name}-${suffix}-${parsed.version}"
    );
  mapDerivationAttrset =
    function:
    builtins.mapAttrs (_: value: if lib.attrsets.isDerivation value then function value else value);

  # A lower number wins.
  defaultPriority = 5;
  setPrio = priority: addMetaAttrs { inherit priority; };
  lowPrio = setPrio 10;
  hiPrio = setPrio (-10);
  lowPrioSet = mapDerivationAttrset lowPrio;
  hiPrioSet = mapDerivationAttrset hiPrio;

  platformMatch =
    platform: pattern:
    if builtins.isString pattern then
      platform.system or null == pattern
    else
      lib.attrsets.matchAttrs (if pattern ? parsed then pattern else { parsed = pattern; }) platform;
  availableOn =
    platform: package:
    let
      matches = builtins.any (platformMatch platform);
      meta = package.meta or { };
    in
    (meta ? platforms -> matches meta.platforms) && !(meta ? badPlatforms && matches meta.badPlatforms);

  licensesSpdx = lib.attrsets.mapAttrs' (_: license: lib.attrsets.nameValuePair license.spdxId license) (
    lib.attrsets.filterAttrs (_: license: license ? spdxId) lib.licenses
  );
  getLicenseFromSpdxIdOr =
    id: default:
    let
      lower = lib.attrsets.mapAttrs' (name: lib.attrsets.nameValuePair (lib.strings.toLower name)) licensesSpdx;
    in
    lower.${lib.strings.toLower id} or default;
  getLicenseFromSpdxId =
    id:
    getLicenseFromSpdxIdOr id (
      lib.trivial.warn "getLicenseFromSpdxId: No license with the given SPDX ID found: ${id}" {
        shortName = id;
        spdxId = id;
      }
    );

  getExe =
    package:
    getExe' package (
      package.meta.mainProgram or (lib.trivial.warn
        "getExe: Package ${
          lib.strings.escapeNixIdentifier package.meta.name or package.pname or package.name
        } does not say in meta.mainProgram what its main program is; assuming that it is called like the package. Use lib.getExe' to name the program."
        (lib.strings.getName package)
      )
    );
  getExe' =
    package: program:
    if !lib.attrsets.isDerivation package then
      throw "lib.meta.getExe': The first argument is of type ${builtins.typeOf package}, but it should be a derivation instead."
    else if !builtins.isString program then
      throw "lib.meta.getExe': The second argument is of type ${builtins.typeOf program}, but it should be a string instead."
    else if builtins.match ".*/.*" program != null then
      throw "lib.meta.getExe': The second argument \"${program}\" is a nested path with a \"/\" character, but it should just be the name of the executable instead."
    else
      "${lib.attrsets.getBin package}/bin/${program}";
}
