# A program and its configuration file. The container has the file because the command refers to it.
{
  pkgs ? import <nixpkgs> { },
}:
let
  config = (pkgs.formats.json { }).generate "greeter.json" {
    greeting = "hello";
    names = [
      "world"
      "moon"
    ];
  };
  greeter = pkgs.writeText "greeter.py" ''
    import json, sys

    with open(sys.argv[1]) as file:
        config = json.load(file)
    for name in config["names"]:
        print(f"{config['greeting']}, {name}")
  '';
in
pkgs.ociTools.buildContainer {
  args = [
    "${pkgs.python3}/bin/python3"
    "${greeter}"
    "${config}"
  ];
  readonly = true;
}
