# What an evaluator makes of every case: { topic = { name = "JSON of the value, or of a package's paths" or "throws"; }; }.
let
  shown =
    value:
    if value.type or null == "derivation" then
      {
        drv = builtins.unsafeDiscardStringContext value.drvPath;
        out = builtins.unsafeDiscardStringContext value.outPath;
      }
    else if builtins.isList value then
      map shown value
    else
      value;
  result =
    value:
    let
      json = builtins.tryEval (builtins.unsafeDiscardStringContext (builtins.toJSON (shown value)));
    in
    if json.success then json.value else "throws";
in
builtins.mapAttrs (_: builtins.mapAttrs (_: result)) (import ./package-cases.nix)
