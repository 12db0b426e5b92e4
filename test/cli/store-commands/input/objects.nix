# Objects that refer to each other, and derivations; written to the store by evaluating this strictly.
let
  alpha = builtins.toFile "alpha-1.0" "alpha";
  beta = builtins.toFile "beta-2.1" "${alpha} is needed by beta";
  beta' = builtins.toFile "beta-2.2" "beta again, with\n${alpha}\n";
  first = derivation { name = "first-1"; system = "none"; builder = "/bin/none"; args = [ beta ]; };
  second = derivation { name = "second"; system = "none"; builder = first; outputs = [ "out" "dev" ]; };
in
{
  inherit alpha beta;
  old = builtins.toFile "gamma-3" "${beta} ${alpha}";
  new = builtins.toFile "gamma-4" "${beta'} and nothing else";
  tree = builtins.path { path = ./tree; name = "tree-5-unstable"; };
  drv = second.drvPath;
}
