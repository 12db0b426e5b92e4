# Files and folders as they are while evaluating.
{ lib }:
let
  typeIs = type: path: builtins.pathExists path && builtins.readFileType path == type;
in
rec {
  inherit (builtins)
    baseNameOf
    dirOf
    hashFile
    isPath
    readDir
    readFileType
    ;
  pathType = builtins.readFileType;
  pathIsDirectory = typeIs "directory";
  pathIsRegularFile = typeIs "regular";

  listFilesRecursive =
    folder:
    builtins.concatLists (
      lib.attrsets.mapAttrsToList (
        name: type:
        if type == "directory" then listFilesRecursive (folder + "/${name}") else [ (folder + "/${name}") ]
      ) (builtins.readDir folder)
    );

  # The nearest folder, at or above the file, with a name in it that matches the regular expression; or null.
  locateDominatingFile =
    pattern: file:
    let
      search =
        folder:
        let
          names = builtins.attrNames (builtins.readDir folder);
          matches = builtins.filter (found: found != null) (map (builtins.match pattern) names);
        in
        if matches != [ ] then
          {
            path = folder;
            inherit matches;
          }
        else if toString folder == "/" then
          null
        else
          search (dirOf folder);
    in
    search (if pathIsDirectory file then file else dirOf file);

  haskellPathsInDir =
    folder:
    lib.attrsets.filterAttrs (name: path: builtins.pathExists (path + "/${name}.cabal")) (
      builtins.mapAttrs (name: _: folder + "/${name}") (builtins.readDir folder)
    );

  # The file that `import` would read.
  resolveDefaultNix =
    file:
    if pathIsDirectory file then
      file + "/default.nix"
    else if builtins.isString file && lib.strings.hasSuffix "/" file then
      file + "default.nix"
    else
      file;

  # A set like the tree of folders: `package.nix` makes a folder a package, every `x.nix` else is the package `x`.
  packagesFromDirectoryRecursive =
    {
      callPackage,
      newScope ? null,
      directory,
      ...
    }@tools:
    let
      entries =
        tools:
        lib.attrsets.concatMapAttrs (
          name: type:
          let
            path = directory + "/${name}";
          in
          if type == "directory" then
            { ${name} = packagesFromDirectoryRecursive (tools // { directory = path; }); }
          else if type != "regular" then
            throw "lib.filesystem.packagesFromDirectoryRecursive: Unsupported file type ${type} at path ${toString path}"
          else if lib.strings.hasSuffix ".nix" name then
            { ${lib.strings.removeSuffix ".nix" name} = tools.callPackage path { }; }
          else
            { }
        ) (builtins.readDir directory);
    in
    if builtins.pathExists (directory + "/package.nix") then
      callPackage (directory + "/package.nix") { }
    else if newScope == null then
      entries tools
    else
      lib.attrsets.recurseIntoAttrs (
        lib.customisation.makeScope newScope (
          self: entries (tools // { inherit (self) callPackage newScope; })
        )
      );
}
