# Found before anything is evaluated.
let a = nope; in 1
