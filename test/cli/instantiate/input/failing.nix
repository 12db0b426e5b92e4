let
  check = x: if x > 2 then throw "x is ${toString x}" else x;
in
{
  good = check 1;
  bad = check 3;
  nested = [ (check 2) (check 4) ];
  assertion = assert 1 == 2; true;
  type = 1 + "x";
  recursion = let x = x; in x;
  abort = abort "enough";
  missing = { abc = 1; }.abd;
  deep = let f = x: f (x + 1) + 1; in f 0;
}
