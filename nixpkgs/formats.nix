# Configuration files from values: `(formats.json { }).generate "name" value`. The option types that go with them are part
# of the module system, which is not here.
{ lib, packaging, pkgs }:
let
  format = write: {
    generate = name: value: pkgs.writeText name (write value);
    type = throw "formats: option types are part of the module system, which the <nixpkgs> that comes with ocinix does not have; point <nixpkgs> at real nixpkgs to use them (NIX_PATH, or -I nixpkgs=PATH)";
  };
  json = value: "${builtins.toJSON value}\n";
in
{
  json = { }: format json;
  # JSON is YAML.
  yaml = { }: format json;
  ini = options: format (lib.generators.toINI options);
  iniWithGlobalSection =
    options: format (value: lib.generators.toINIWithGlobalSection options ({ globalSection = { }; sections = { }; } // value));
  keyValue = options: format (lib.generators.toKeyValue options);
}
