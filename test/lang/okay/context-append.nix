let
  path = "/nix/store/1zvzsgx1yf5rd48l7faw9fqy4kfchmf6-d";
  drv = "${path}.drv";
in
map builtins.getContext [
  (builtins.appendContext "x" { })
  (builtins.appendContext "x" { ${path} = { path = true; }; })
  (builtins.appendContext "x" { ${path} = { path = false; other = throw "not looked at"; outputs = [ ]; }; })
  (builtins.appendContext "x" { ${drv} = { outputs = [ "b" "a" "b" ]; allOutputs = true; path = true; }; })
  (builtins.appendContext "${../files/nul}" { ${drv} = { allOutputs = true; }; "/nix/store//${baseNameOf path}" = { path = true; }; })
]
