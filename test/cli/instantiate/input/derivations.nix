let
  make = name: derivation {
    inherit name;
    system = "x86_64-linux";
    builder = "/bin/sh";
    args = [ "-c" "echo ${./note.txt} > $out" ];
    outputs = [ "out" "doc" ];
  };
  one = make "one";
in
{
  inherit one;
  two = make "two";
  again = one;
  hidden = { three = make "three"; };
  open = { recurseForDerivations = true; four = make "four"; };
  "not an attribute path" = make "five";
  byList = [ one (make "six").doc [ (make "seven") ] ];
  called = { first }: make first;
  number = 1;
}
