# A value with the contexts of its strings; of a derivation, its paths.
let
  show = value:
    if builtins.isString value then {
      text = builtins.unsafeDiscardStringContext value;
      context = builtins.getContext value;
    }
    else if builtins.isList value then map show value
    else if builtins.isAttrs value && value.type or "" == "derivation" && value ? all then {
      drvPath = show value.drvPath;
      outputs = map (output: { name = output.outputName; path = show output.outPath; }) value.all;
    }
    else if builtins.isAttrs value then builtins.mapAttrs (name: show) value
    else value;
in
show
