# Closures only: numbers as functions.
let
  zero = f: x: x;
  succ = n: f: x: f (n f x);
  add = m: n: f: x: m f (n f x);
  mul = m: n: f: m (n f);
  toInt = n: n (x: x + 1) 0;
  ten = succ (succ (succ (succ (succ (succ (succ (succ (succ (succ zero)))))))));
  hundred = mul ten ten;
in
builtins.foldl' (sum: n: sum + toInt (add (mul hundred ten) (mul ten (mul ten (add ten n))))) 0 (builtins.genList (_: ten) 300)
