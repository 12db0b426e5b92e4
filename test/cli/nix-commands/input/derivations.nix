let
  dep = derivation { name = "dep"; system = "s"; builder = "b"; outputs = [ "out" "doc" ]; };
in
{
  one = derivation { name = "one"; system = "s"; builder = dep; src = ./tree/a; };
  two.recurseForDerivations = true;
  two.three = dep;
  number = 1;
}
