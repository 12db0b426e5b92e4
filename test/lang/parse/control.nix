a: b: [ (if a then b else if b then a else 1) (assert a; b) (with a; with b; c) (assert a; with b; if a then b else c)
  (if if a then b else a then (assert b; a) else x: y: x) (with a; x: x) (assert a; let c = 1; in c) ]
