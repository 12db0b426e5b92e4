# From right to left.
let t = n: builtins.trace n { ${n} = 1; }; in (t "a" // t "b") // (t "c" // t "d")
