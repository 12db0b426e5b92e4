# A comment
{ a ? 1, b, ... }@args: let inherit (args) c; x.y.z = 1; in rec {
  s = "a${b}c";
  i = ''
    indented ${a}
      more
  '';
  p = ./note.txt;
  q = ./. + "/x";
  op = a + 1 * 2 - 3 == 4 && !true || false -> a ? b.c;
  inherit a;
  inherit (x) y z;
  l = [ 1 2.5 (f: f) ];
  w = with args; if a then b else c;
  ${b} = assert true; null;
}
