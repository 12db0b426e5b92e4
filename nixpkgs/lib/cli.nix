# Command lines from sets of options.
{ lib }:
let
  show = lib.generators.mkValueStringDefault { };
  dashed = name: if builtins.stringLength name == 1 then "-${name}" else "--${name}";
in
rec {
  # `optionFormat name` is { option, sep, explicitBool, formatArg }; without `sep` the argument is a word of its own.
  toCommandLine =
    optionFormat: options:
    let
      one =
        {
          option,
          sep,
          explicitBool,
          formatArg ? show,
        }:
        value:
        if value == null || value == false && !explicitBool then
          [ ]
        else if value == true && !explicitBool then
          [ option ]
        else if sep == null then
          [
            option
            (formatArg value)
          ]
        else
          [ "${option}${sep}${formatArg value}" ];
      words =
        name: value:
        if name == "" then
          throw "lib.cli.toCommandLine only accepts non-empty option names."
        else
          builtins.concatMap (one (optionFormat name)) (lib.lists.toList value);
    in
    builtins.concatLists (lib.attrsets.mapAttrsToList words options);
  toCommandLineShell = optionFormat: options: lib.strings.escapeShellArgs (toCommandLine optionFormat options);

  # As GNU programs have it: -a VALUE joined as -aVALUE, --name=VALUE.
  toCommandLineGNU =
    {
      isLong ? (name: builtins.stringLength name > 1),
      explicitBool ? false,
      formatArg ? show,
    }:
    toCommandLine (name: {
      inherit explicitBool formatArg;
      option = if isLong name then "--${name}" else "-${name}";
      sep = if isLong name then "=" else "";
    });
  toCommandLineShellGNU = style: options: lib.strings.escapeShellArgs (toCommandLineGNU style options);

  toGNUCommandLine =
    {
      mkOptionName ? dashed,
      mkBool ? (name: value: if value then [ (mkOptionName name) ] else [ ]),
      mkList ? (name: builtins.concatMap (mkOption name)),
      mkOption ? (
        name: value:
        if value == null then
          [ ]
        else if optionValueSeparator == null then
          [
            (mkOptionName name)
            (show value)
          ]
        else
          [ "${mkOptionName name}${optionValueSeparator}${show value}" ]
      ),
      optionValueSeparator ? null,
    }:
    options:
    builtins.concatLists (
      lib.attrsets.mapAttrsToList (
        name: value:
        if builtins.isBool value then
          mkBool name value
        else if builtins.isList value then
          mkList name value
        else
          mkOption name value
      ) options
    );
  toGNUCommandLineShell = style: options: lib.strings.escapeShellArgs (toGNUCommandLine style options);
}
