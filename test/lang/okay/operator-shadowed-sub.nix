# `-` means whatever __sub means.
let __sub = a: b: "${toString a} minus ${toString b}"; in [ (5 - 3) (-3) ]
