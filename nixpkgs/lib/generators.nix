# Configuration files from values: key=value, INI, git's INI, property lists, Dhall, Lua, JSON, and Nix itself.
{ lib }:
let
  inherit (builtins)
    concatStringsSep
    isAttrs
    isBool
    isFloat
    isInt
    isList
    isPath
    isString
    ;
  inherit (lib.attrsets) isDerivation mapAttrsToList;
  inherit (lib.strings) concatMapStringsSep escape floatToString;
  inherit (lib.trivial) functionArgs isFunction;

  bracketed = escape [
    "["
    "]"
  ];
in
rec {
  # The text of a number, a string, a package, a boolean or null; nothing else has one that everybody agrees on.
  mkValueStringDefault =
    { }:
    value:
    let
      refuse =
        what: shown: abort "generators.mkValueStringDefault: ${what} not supported: ${toPretty { } shown}";
    in
    if isString value then
      value
    else if isInt value || isDerivation value then
      toString value
    else if isBool value then
      lib.trivial.boolToString value
    else if value == null then
      "null"
    else if isFloat value then
      floatToString value
    else if isList value then
      refuse "lists" value
    else if isAttrs value then
      refuse "attrsets" value
    else if isFunction value then
      refuse "functions" value
    else
      refuse "this value is" (toString value);

  mkKeyValueDefault =
    {
      mkValueString ? mkValueStringDefault { },
    }:
    separator: key: value:
    "${escape [ separator ] key}${separator}${mkValueString value}";

  toKeyValue =
    {
      mkKeyValue ? mkKeyValueDefault { } "=",
      listsAsDuplicateKeys ? false,
      indent ? "",
    }:
    let
      line = key: value: "${indent}${mkKeyValue key value}\n";
      lines =
        key: value:
        if listsAsDuplicateKeys && isList value then
          lib.strings.concatMapStrings (line key) value
        else
          line key value;
    in
    set: concatStringsSep "" (mapAttrsToList lines set);

  toINI =
    {
      mkSectionName ? bracketed,
      mkKeyValue ? mkKeyValueDefault { } "=",
      listsAsDuplicateKeys ? false,
    }:
    let
      body = toKeyValue { inherit mkKeyValue listsAsDuplicateKeys; };
    in
    sections:
    concatStringsSep "\n" (
      mapAttrsToList (name: values: "[${mkSectionName name}]\n${body values}") sections
    );

  toINIWithGlobalSection =
    {
      mkSectionName ? bracketed,
      mkKeyValue ? mkKeyValueDefault { } "=",
      listsAsDuplicateKeys ? false,
    }:
    {
      globalSection,
      sections ? { },
    }:
    let
      body = toKeyValue { inherit mkKeyValue listsAsDuplicateKeys; } globalSection;
    in
    (if globalSection == { } then "" else body + "\n")
    + toINI { inherit mkSectionName mkKeyValue listsAsDuplicateKeys; } sections;

  # Sections may be nested: { a.b.c.d = 1; } is [a "b.c"] d = 1.
  toGitINI =
    let
      quoted = lib.strings.replaceStrings [ "\\" "\"" "\n" "\t" ] [ "\\\\" "\\\"" "\\n" "\\t" ];
      mkValueString =
        value: mkValueStringDefault { } (if isString value then "\"${quoted value}\"" else value);
      line = key: value: "\t${mkKeyValueDefault { inherit mkValueString; } " = " key value}";
      mkKeyValue =
        key: value: concatMapStringsSep "\n" (line key) (if isList value then value else [ value ]);
      mkSectionName =
        name:
        let
          parts = lib.strings.splitString "." name;
        in
        if lib.strings.hasInfix "\"" name || builtins.length parts == 1 then
          name
        else
          "${builtins.head parts} \"${concatStringsSep "." (builtins.tail parts)}\"";

      isSection = value: isAttrs value && !isDerivation value;
      # { "a.b" = { c = 1; }; } for { a.b.c = 1; }
      flatten =
        path: value:
        if isSection value then
          builtins.foldl' lib.attrsets.recursiveUpdate { } (
            mapAttrsToList (name: flatten (path ++ [ name ])) value
          )
        else
          {
            ${concatStringsSep "." (lib.lists.init path)}.${lib.lists.last path} = value;
          };
      section =
        name: value:
        if isSection value && builtins.any isSection (builtins.attrValues value) then
          flatten [ name ] value
        else
          { ${name} = value; };
    in
    set:
    toINI { inherit mkKeyValue mkSectionName; } (
      builtins.foldl' lib.attrsets.recursiveUpdate { } (mapAttrsToList section set)
    );

  # Refuses, or replaces by "<unevaluated>", what is deeper than the limit (null: none).
  withRecursion =
    {
      depthLimit,
      throwOnDepthLimit ? true,
    }:
    assert isInt depthLimit;
    let
      # Functors and the like are for evaluation, not for showing.
      untouched = [
        "__functionArgs"
        "__functor"
        "__pretty"
        "__toString"
      ];
      cut =
        depth: value:
        if depth <= depthLimit then
          value
        else if throwOnDepthLimit then
          throw "Exceeded maximum eval-depth limit of ${toString depthLimit} while trying to evaluate with `generators.withRecursion'!"
        else
          "<unevaluated>";
      at =
        depth: value:
        let
          below = inner: at (depth + 1) (cut (depth + 1) inner);
        in
        if isAttrs value then
          builtins.mapAttrs (name: inner: if builtins.elem name untouched then inner else below inner) value
        else if isList value then
          map below value
        else
          cut (depth + 1) value;
    in
    at 0;

  # A value as one would write it in Nix. With `allowPrettyValues`, { __pretty, val } says itself how it looks.
  toPretty =
    {
      allowPrettyValues ? false,
      multiline ? true,
      indent ? "",
    }:
    let
      escapeLine = escape [
        "\\"
        "\""
        "\${"
      ];
      escapeIndented = builtins.replaceStrings [ "\${" "''" ] [ "''\${" "'''" ];
      show =
        indent: value:
        let
          inner = show "${indent}  ";
          open = if multiline then "\n${indent}  " else " ";
          close = if multiline then "\n${indent}" else " ";
          enclosed =
            left: right: items:
            left + open + concatStringsSep open items + close + right;
          lines = lib.strings.splitString "\n" value;
          text =
            if multiline && builtins.length lines > 1 then
              let
                escaped = map escapeIndented lines;
                last = lib.lists.last escaped;
              in
              "''${open}${concatStringsSep open (lib.lists.init escaped)}${if last == "" then close else open + last}''"
            else
              "\"${concatMapStringsSep "\\n" escapeLine lines}\"";
          arguments = functionArgs value;
          argument = name: optional: if optional then "${name}?" else name;
          binding =
            name: inside:
            "${lib.strings.escapeNixIdentifier name} = ${
              builtins.addErrorContext "while evaluating an attribute `${name}`" (inner inside)
            };";
        in
        if isString value then
          text
        else if isInt value || isPath value then
          toString value
        else if isFloat value then
          builtins.toJSON value
        else if isBool value then
          lib.trivial.boolToString value
        else if value == null then
          "null"
        else if isList value then
          if value == [ ] then "[ ]" else enclosed "[" "]" (map inner value)
        else if isFunction value then
          if arguments == { } then
            "<function>"
          else
            "<function, args: {${concatStringsSep ", " (mapAttrsToList argument arguments)}}>"
        else if allowPrettyValues && value ? __pretty && value ? val then
          value.__pretty value.val
        else if value == { } then
          "{ }"
        else if value.type or null == "derivation" then
          "<derivation ${value.name or "???"}>"
        else
          enclosed "{" "}" (mapAttrsToList binding value);
    in
    show indent;

  toPlist =
    {
      escape ? false,
    }:
    value:
    let
      escaped = if escape then lib.strings.escapeXML else text: text;
      show =
        indent: inside:
        let
          inner = show "${indent}\t";
          tag = name: text: "${indent}<${name}>${text}</${name}>";
          block =
            name: lines:
            concatStringsSep "\n" [
              "${indent}<${name}>"
              (concatStringsSep "\n" lines)
              "${indent}</${name}>"
            ];
          entry = name: [
            "${indent}\t<key>${escaped name}</key>"
            (inner inside.${name})
          ];
          kept = builtins.filter (name: name != "_module" && inside.${name} != null) (
            builtins.attrNames inside
          );
        in
        if inside == null then
          ""
        else if isBool inside then
          "${indent}<${lib.trivial.boolToString inside}/>"
        else if isInt inside then
          tag "integer" (toString inside)
        else if isFloat inside then
          tag "real" (toString inside)
        else if isString inside || isPath inside then
          tag "string" (escaped (toString inside))
        else if isList inside then
          block "array" (map inner inside)
        else if isAttrs inside then
          block "dict" (builtins.concatMap entry kept)
        else
          abort "generators.toPlist: cannot convert a ${builtins.typeOf inside} to a property list";
    in
    lib.trivial.warnIf (!escape) "Using `lib.generators.toPlist` without `escape = true` is deprecated" ''
      <?xml version="1.0" encoding="UTF-8"?>
      <!DOCTYPE plist PUBLIC "-//Apple Computer//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
      <plist version="1.0">
      ${show "" value}
      </plist>'';

  toDhall =
    { }@options:
    value:
    let
      show = toDhall options;
    in
    if isAttrs value then
      "{ ${concatStringsSep ", " (mapAttrsToList (name: inside: "${name} = ${show inside}") value)} }"
    else if isList value then
      "[ ${concatMapStringsSep ", " show value} ]"
    else if isInt value then
      (if value < 0 then "" else "+") + toString value
    else if isBool value then
      if value then "True" else "False"
    else if isFunction value then
      abort "generators.toDhall: cannot convert a function to Dhall"
    else if value == null then
      abort "generators.toDhall: cannot convert a null to Dhall"
    else
      builtins.toJSON value;

  # With `asBindings`, one assignment for each attribute.
  toLua =
    {
      multiline ? true,
      indent ? "",
      asBindings ? false,
    }@options:
    value:
    let
      deeper = "${indent}  ";
      inner = toLua (
        options
        // {
          asBindings = false;
          indent = if asBindings then indent else deeper;
        }
      );
      open = if multiline then "\n${deeper}" else " ";
      close = if multiline then "\n${indent}" else " ";
      braces =
        items: if items == [ ] then "{}" else "{${open}${concatStringsSep ",${open}" items}${close}}";
      field = name: inside: "[${builtins.toJSON name}] = ${inner inside}";
      badNames = builtins.filter (
        name:
        builtins.match "[a-zA-Z_][a-zA-Z0-9_]*([.][a-zA-Z_][a-zA-Z0-9_]*)*" name == null
      ) (builtins.attrNames value);
    in
    if asBindings then
      if badNames == [ ] then
        concatStringsSep "" (mapAttrsToList (name: inside: "${indent}${name} = ${inner inside}\n") value)
      else
        throw "Bad Lua var names: ${toPretty { } badNames}"
    else if value == null then
      "nil"
    else if isInt value || isFloat value || isString value || isBool value then
      builtins.toJSON value
    else if isPath value || isDerivation value then
      builtins.toJSON "${value}"
    else if isList value then
      braces (map inner value)
    else if isAttrs value then
      if value._type or null == "lua-inline" then "(${value.expr})" else braces (mapAttrsToList field value)
    else
      abort "generators.toLua: type ${builtins.typeOf value} is unsupported";
  mkLuaInline = expr: {
    _type = "lua-inline";
    inherit expr;
  };

  toJSON = { }: builtins.toJSON;
  # JSON is YAML.
  toYAML = { }: builtins.toJSON;

  inherit (import ./absent.nix) mkDconfKeyValue toDconfINI;
}
