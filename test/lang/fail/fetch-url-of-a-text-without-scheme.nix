builtins.fetchurl {
  url = "a b";
  name = "x";
}
