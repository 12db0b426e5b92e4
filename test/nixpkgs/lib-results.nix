# What a lib makes of every case: { topic.function = [ "JSON of the value" or "throws" ]; }.
{ lib }:
let
  result =
    value:
    let
      shown = builtins.tryEval (builtins.unsafeDiscardStringContext (builtins.toJSON value));
    in
    if shown.success then shown.value else "throws";
in
builtins.mapAttrs (_: builtins.mapAttrs (_: map result)) (import ./lib-cases.nix { inherit lib; })
