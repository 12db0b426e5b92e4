# Assertions with a message.
{ lib }:
let
  pretty = lib.generators.toPretty { };
in
rec {
  assertMsg = condition: message: if condition then true else throw message;

  assertOneOf =
    name: value: allowed:
    assertMsg (builtins.elem value allowed) "${name} must be one of ${pretty allowed}, but is: ${pretty value}";

  assertEachOneOf =
    name: values: allowed:
    assertMsg (builtins.all (value: builtins.elem value allowed) values) "each element in ${name} must be one of ${pretty allowed}, but is: ${pretty values}";

  checkAssertWarn =
    assertions: warnings: value:
    let
      failed = builtins.filter (entry: !entry.assertion) assertions;
      list = map (entry: "- ${entry.message}") failed;
    in
    if failed == [ ] then
      lib.trivial.showWarnings warnings value
    else
      throw "\nFailed assertions:\n${builtins.concatStringsSep "\n" list}";
}
