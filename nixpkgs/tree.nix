# Folders of links: chosen ones, or the contents of several packages joined. `builtin:files` and `builtin:join`, builders
# inside ocinix, make them.
{ lib, packaging, pkgs }:
let
  inherit (packaging) copyCommand fromBuiltin;

  # What comes after the links is for bash to do.
  finish =
    attributes: postBuild: joined:
    if postBuild == "" then
      joined
    else
      pkgs.runCommand joined.name attributes "${copyCommand joined}${postBuild}";
in
{
  # A folder of links to the paths of `entries`: { name = path; … } or [ { name, path } … ], the last of a name counts.
  linkFarm =
    name: entries:
    let
      farm =
        if builtins.isAttrs entries then
          entries
        else if builtins.isList entries then
          builtins.listToAttrs (
            map (entry: {
              inherit (entry) name;
              value = entry.path;
            }) (lib.reverseList entries)
          )
        else
          throw "linkFarm \"${name}\": wants a set or a list of sets { name, path }, but got a ${builtins.typeOf entries}";
    in
    fromBuiltin {
      inherit name;
      builder = "builtin:files";
      files = lib.mapAttrs' (
        place: path: lib.nameValuePair (lib.removePrefix "/" place) { link = "${path}"; }
      ) farm;
      passthru.entries = farm;
    };

  linkFarmFromDrvs =
    name: packages:
    pkgs.linkFarm name (
      map (package: {
        inherit (package) name;
        path = package;
      }) packages
    );

  # All files of all paths, each a link; of files at the same place the first counts.
  symlinkJoin =
    {
      name ? (
        if arguments ? pname && arguments ? version then
          "${arguments.pname}-${arguments.version}"
        else
          throw "symlinkJoin: needs a 'name', or a 'pname' and a 'version'"
      ),
      paths,
      # A folder of each path to take in place of the whole, such as "/share".
      stripPrefix ? "",
      failOnMissing ? stripPrefix == "",
      postBuild ? "",
      preferLocalBuild ? true,
      allowSubstitutes ? false,
      ...
    }@arguments:
    let
      rest = removeAttrs arguments [
        "name"
        "paths"
        "stripPrefix"
        "failOnMissing"
        "postBuild"
        "preferLocalBuild"
        "allowSubstitutes"
      ];
    in
    finish rest postBuild (
      fromBuiltin (
        builtins.intersectAttrs {
          pname = null;
          version = null;
          meta = null;
          passthru = null;
        } rest
        // {
          inherit name failOnMissing;
          builder = "builtin:join";
          paths = map (path: "${path}${stripPrefix}") (builtins.filter (path: path != null) (lib.flatten paths));
          linkDirs = false;
          ignoreCollisions = true;
        }
      )
    );

  # An environment: the contents of all paths, where a folder that only one of them has is one link. Files at the same
  # place are an error unless `meta.priority` (lower wins) decides.
  buildEnv = lib.makeOverridable (
    {
      name ? (
        if arguments ? pname && arguments ? version then
          "${arguments.pname}-${arguments.version}"
        else
          throw "buildEnv: needs a 'name', or a 'pname' and a 'version'"
      ),
      paths,
      pathsToLink ? [ "/" ],
      extraOutputsToInstall ? [ ],
      extraPrefix ? "",
      ignoreCollisions ? false,
      checkCollisionContents ? true,
      ignoreSingleFileOutputs ? false,
      includeClosures ? false,
      # A file that the environment gets as `manifest`.
      manifest ? "",
      postBuild ? "",
      nativeBuildInputs ? [ ],
      buildInputs ? [ ],
      passthru ? { },
      meta ? { },
      pname ? null,
      version ? null,
    }@arguments:
    let
      outputsOf =
        package:
        let
          chosen =
            if package.outputSpecified or false || !(package ? meta.outputsToInstall) then
              [ package ]
            else
              map (output: package.${output}) package.meta.outputsToInstall;
          extra = builtins.filter (output: output != null) (
            map (output: package.${output} or null) extraOutputsToInstall
          );
        in
        if lib.isDerivation package then chosen ++ extra else [ package ];
      prioritised =
        package: output:
        let
          priority = package.meta.priority or lib.meta.defaultPriority;
        in
        if priority == lib.meta.defaultPriority then
          "${output}"
        else
          {
            path = "${output}";
            inherit priority;
          };
    in
    finish { inherit nativeBuildInputs buildInputs passthru meta; } postBuild (fromBuiltin {
      inherit
        name
        passthru
        meta
        pathsToLink
        extraPrefix
        ignoreCollisions
        checkCollisionContents
        ignoreSingleFileOutputs
        includeClosures
        ;
      builder = "builtin:join";
      paths = builtins.concatMap (package: map (prioritised package) (outputsOf package)) (
        builtins.filter (path: path != null) (lib.flatten paths)
      );
      linkDirs = true;
      files = if manifest == "" then { } else { manifest.link = "${manifest}"; };
    })
  );
}
