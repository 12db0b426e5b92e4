# Folders that become store objects, without the files that do not belong there.
{ lib }:
let
  inherit (lib.strings) hasPrefix hasSuffix removePrefix;

  # A filtered source stays open to more filters: it keeps its original and its filter.
  open =
    src:
    if src ? _isLibCleanSourceWith then
      { inherit (src) origSrc filter name; }
    else
      {
        origSrc = src;
        filter = _: _: true;
        name = "source";
      };
  close =
    { origSrc, filter, name }:
    {
      _isLibCleanSourceWith = true;
      inherit filter name origSrc;
      outPath = builtins.path {
        path = origSrc;
        inherit filter name;
      };
    };

  relative = src: path: removePrefix "${toString (open src).origSrc}/" (toString path);

  # { value } or { error }: the commit that `file` (HEAD, or a ref it leads to) stands for in a repository's folder.
  readCommit =
    file: folder:
    let
      join = base: path: if hasPrefix "/" path then path else "${toString base}/${path}";
      here = folder + "/${file}";
      packed = folder + "/packed-refs";
      # A work tree of its own, or a submodule: `.git` is a file that names the folder.
      link = builtins.match "gitdir: (.*)" (lib.strings.fileContents folder);
      target = join (dirOf folder) (builtins.head link);
      common =
        if builtins.pathExists "${target}/commondir" then
          join target (lib.strings.removeSuffix "/" (lib.strings.fileContents "${target}/commondir"))
        else
          target;
      content = lib.strings.fileContents here;
      reference = builtins.match "ref: (.*)" content;
      lines = lib.strings.splitString "\n" (builtins.readFile packed);
      found = builtins.filter (line: line != null) (
        map (builtins.match "([a-z0-9]+) ${lib.strings.escapeRegex file}") lines
      );
    in
    if lib.filesystem.pathIsRegularFile folder then
      if link == null then
        { error = "File contains no gitdir reference: ${toString folder}"; }
      else
        readCommit (removePrefix "${common}/" "${target}/${file}") common
    else if lib.filesystem.pathIsRegularFile here then
      if reference == null then { value = content; } else readCommit (builtins.head reference) folder
    else if lib.filesystem.pathIsRegularFile packed then
      if found == [ ] then
        { error = "Could not find ${file} in ${toString packed}"; }
      else
        { value = builtins.head (builtins.head found); }
    else
      { error = "Not a .git directory: ${toString folder}"; };
in
rec {
  inherit (builtins) filterSource;

  cleanSourceWith =
    {
      src,
      filter ? (_: _: true),
      name ? null,
    }:
    let
      inner = open src;
    in
    close {
      inherit (inner) origSrc;
      filter = path: type: filter path type && inner.filter path type;
      name = if name == null then inner.name else name;
    };
  cleanSource =
    src:
    cleanSourceWith {
      inherit src;
      filter = cleanSourceFilter;
    };
  cleanSourceFilter =
    path: type:
    let
      name = baseNameOf (toString path);
      versionControl = builtins.elem name [
        ".hg"
        ".jj"
        ".pijul"
        ".svn"
        "CVS"
        "_darcs"
      ];
      leftOver =
        hasSuffix "~" name
        || hasSuffix ".o" name
        || hasSuffix ".so" name
        || builtins.match "\\.sw[a-z]|\\..*\\.sw[a-z]" name != null;
    in
    !(
      type == "unknown"
      || name == ".git"
      || type == "directory" && versionControl
      || type == "symlink" && hasPrefix "result" name
      || leftOver
    );

  sourceByRegex =
    src: patterns:
    cleanSourceWith {
      inherit src;
      filter = path: _: builtins.any (pattern: builtins.match pattern (relative src path) != null) patterns;
    };
  sourceFilesBySuffices =
    src: suffixes:
    cleanSourceWith {
      inherit src;
      filter =
        path: type:
        type == "directory" || builtins.any (suffix: hasSuffix suffix (baseNameOf path)) suffixes;
    };
  # `*` stands for anything within a name, `**` for any number of names.
  sourceByGlobs =
    src: globs:
    let
      names = text: builtins.filter (part: builtins.isString part) (builtins.split "/" text);
      pattern =
        name:
        lib.strings.concatMapStrings (
          part: if builtins.isList part then "[^/]*" else lib.strings.escapeRegex part
        ) (builtins.split "\\*+" name);
      matches =
        type: glob: path:
        if path == [ ] then
          glob == [ ] || type == "directory" || type == "symlink"
        else if glob == [ ] then
          false
        else if builtins.head glob == "**" then
          let
            rest = builtins.tail glob;
            next = builtins.match (pattern (builtins.head rest)) (builtins.head path);
          in
          if rest == [ ] then
            true
          else if builtins.head rest == "**" || next != null then
            matches type rest path
          else
            matches type glob (builtins.tail path)
        else
          builtins.match (pattern (builtins.head glob)) (builtins.head path) != null
          && matches type (builtins.tail glob) (builtins.tail path);
      compiled = map names globs;
    in
    cleanSourceWith {
      inherit src;
      filter = path: type: builtins.any (glob: matches type glob (names (relative src path))) compiled;
    };
  trace =
    src:
    let
      inner = open src;
    in
    close (
      inner
      // {
        filter =
          path: type:
          let
            kept = inner.filter path type;
          in
          builtins.trace "${inner.name}.filter ${path} = ${lib.trivial.boolToString kept}" kept;
      }
    )
    // {
      satisfiesSubpathInvariant = src.satisfiesSubpathInvariant or false;
    };

  pathHasContext = builtins.hasContext;
  canCleanSource = src: src ? _isLibCleanSourceWith || !pathHasContext (toString src);

  pathIsGitRepo = path: readCommit "HEAD" path ? value;
  commitIdFromGitRepo =
    path:
    let
      commit = readCommit "HEAD" path;
    in
    commit.value or (throw commit.error);

  revOrTag =
    rev: tag:
    if tag != null then
      tag
    else if rev != null then
      rev
    else
      "HEAD";
  shortRev =
    rev:
    let
      name = baseNameOf (toString rev);
      version = builtins.match "([A-Za-z]+[-_. ]?)*(v)?([0-9.]+.*)" name;
    in
    if builtins.match "[a-f0-9]+" name != null then
      builtins.substring 0 7 name
    else if version != null then
      lib.lists.last version
    else
      name;
  urlToName =
    url:
    let
      last = lib.lists.last (lib.strings.splitString ":" (toString url));
      extensions = "git|tar|zip|gz|tgz|bz|tbz|bz2|tbz2|lzma|txz|xz|zstd";
      strip =
        name:
        let
          stem = builtins.match "(.*)\\.(${extensions})" name;
        in
        if stem == null then name else strip (builtins.head stem);
    in
    strip (baseNameOf (lib.strings.removeSuffix "/" last));
  repoRevToName =
    kind: repo: rev: suffix:
    let
      part = text: if text == null then "" else "-${text}";
      revision = part (if rev == null then null else shortRev rev);
      full = "${urlToName repo}${revision}${if kind == "full" then part suffix else ""}-source";
    in
    if kind == "source" then
      "source"
    else if kind == "versioned" || kind == "full" then
      full
    else
      throw "repoRevToName: invalid kind";
}
