# Names of store objects, derivations and outputs: the path, or the fault.
let
  inherit (builtins) concatMap genList substring stringLength toFile;
  repeat = n: s: if n == 0 then "" else s + repeat (n - 1) s;
  make = attrs: (derivationStrict ({ name = "x"; system = "s"; builder = "b"; } // attrs)).drvPath;
  fixed = name: make { inherit name; outputHash = "md5:d41d8cd98f00b204e9800998ecf8427e"; };
  strange = [
    "" "." ".." "..." ".-" "..-" ".-x" "..-x" ".x" "..x" "...-x" "-" "x." "x-.-y"
    " " "a b" "a/b" "/" "a\nb" "a@b" "a~b" "a*b" "a:b" "a,b" "a%b" "a&b" "a(b" "a[b" "a{b" "a|b" "a\\b" "a'b"
    "a\"b" "a`b" "a$b" "a#b" "a!b" "a^b" "a<b" "a>b" "a;b" "é" "€" "+" "_" "?" "=" "a?b=c" "drv"
  ];
  long = map (n: repeat n "n") [ 200 206 207 208 210 211 212 300 ];
  # Not for texts, because the store would take them for derivations.
  ofDerivations = [ "x.drv" ".drv" ];
  each = texts: concatMap (name: [ (toFile name "") (make { inherit name; }) (fixed name) ]) texts;
  outputs = map (output: make { outputs = [ output ]; }) (strange ++ long ++ ofDerivations);
in
each strange ++ each long ++ map (name: make { inherit name; }) ofDerivations ++ outputs
