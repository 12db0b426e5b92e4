# A parameter is read when the whole function is: a name in its body comes before it.
let f = zebra: { yak = builtins.trace "yak" 0; }; in [ f { zebra = builtins.trace "zebra" 0; yak = builtins.trace "yak" 0; } ]
