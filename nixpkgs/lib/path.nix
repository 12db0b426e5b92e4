# Path values and subpaths: strings that lead downwards only, with the normal form "./a/b".
{ lib }:
let
  fault =
    value:
    if !builtins.isString value then
      "The given value is of type ${builtins.typeOf value}, but a string was expected"
    else if value == "" then
      "The given string is empty"
    else if lib.strings.hasPrefix "/" value then
      "The given string \"${value}\" starts with a `/`, representing an absolute path"
    else if builtins.elem ".." (builtins.split "/" value) then
      "The given string \"${value}\" contains a `..` component, which is not allowed in subpaths"
    else
      null;
  checked =
    message: value:
    if fault value == null then value else throw "${message}:\n    ${fault value}";
  expectPath =
    what: value:
    if builtins.isPath value then
      value
    else
      throw "${what} is of type ${builtins.typeOf value}, but a path was expected";

  components =
    text:
    builtins.filter (part: builtins.isString part && part != "" && part != ".") (
      builtins.split "/" text
    );
  normal = parts: "./${if parts == [ ] then "." else builtins.concatStringsSep "/" parts}";

  # { root, parts }
  parse =
    path:
    let
      parent = dirOf path;
      above = parse parent;
    in
    if parent == path then
      {
        root = path;
        parts = [ ];
      }
    else
      {
        inherit (above) root;
        parts = above.parts ++ [ (baseNameOf path) ];
      };
  sameRoot =
    function: first: second:
    if (parse first).root == (parse second).root then
      true
    else
      throw "lib.path.${function}: Filesystem roots must be the same for both paths, but paths with different roots were given: ${toString first}, ${toString second}";
  isBelow = first: second: lib.lists.hasPrefix (parse first).parts (parse second).parts;
in
{
  append =
    path: subpath:
    expectPath "lib.path.append: The first argument" path
    + "/${checked "lib.path.append: Second argument is not a valid subpath string" subpath}";
  hasPrefix =
    first: second:
    let
      prefix = expectPath "lib.path.hasPrefix: First argument" first;
      path = expectPath "lib.path.hasPrefix: Second argument" second;
    in
    assert sameRoot "hasPrefix" prefix path;
    isBelow prefix path;
  removePrefix =
    first: second:
    let
      prefix = expectPath "lib.path.removePrefix: First argument" first;
      path = expectPath "lib.path.removePrefix: Second argument" second;
    in
    assert sameRoot "removePrefix" prefix path;
    if isBelow prefix path then
      normal (lib.lists.removePrefix (parse prefix).parts (parse path).parts)
    else
      throw "lib.path.removePrefix: The first path argument \"${toString prefix}\" is not a component-wise prefix of the second path argument \"${toString path}\".";
  splitRoot =
    path:
    let
      parsed = parse (expectPath "lib.path.splitRoot: Argument" path);
    in
    {
      inherit (parsed) root;
      subpath = normal parsed.parts;
    };
  hasStorePathPrefix =
    path:
    let
      inherit (parse (expectPath "lib.path.hasStorePathPrefix: Argument" path)) parts;
      store = components builtins.storeDir;
      object = builtins.elemAt parts (builtins.length store);
    in
    builtins.length parts > builtins.length store
    && lib.lists.hasPrefix store parts
    && builtins.match ".{32}-.+" object != null
    || parts != [ ] && builtins.match "[0-9a-z]{52}" (builtins.head parts) != null;

  subpath = {
    isValid = value: fault value == null;
    join =
      subpaths:
      normal (
        builtins.concatLists (
          lib.lists.imap0 (
            index: value:
            components (
              checked "lib.path.subpath.join: Element at index ${toString index} is not a valid subpath string" value
            )
          ) subpaths
        )
      );
    normalise =
      value:
      normal (components (checked "lib.path.subpath.normalise: Argument is not a valid subpath string" value));
    components =
      value: components (checked "lib.path.subpath.components: Argument is not a valid subpath string" value);
  };
}
