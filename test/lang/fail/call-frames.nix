let
  f = x: g (x + 1);
  g = y: h y;
  h = z: throw "z is ${toString z}";
in f 1
