x: [
  (let a = 1; b.c = 2; in a + b.c) (let in x) (let ${"a"} = 1; in a) (let a.${x} = 1; in a)
  (let { body = x; a = 1; }) (let { x = 1; body = x; }.y) (x (let { body = 1; }) (let { }))
  (let a = let b = 1; in b; in let c = a; in c) (let f = x: x; in f) (with x; let y = 1; in y)
]
