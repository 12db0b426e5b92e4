[
  (rec { __overrides = { a = a; }; a = 1; })
  (rec { __overrides = { a = 2; }; a = 1; b = a; }.b)
  (let __overrides = { a = 2; }; a = 1; b = a; in b)
  (let { __overrides = { a = 2; }; a = 1; body = a; })
  { __overrides = { a = 2; }; a = 1; }
  (rec { __overrides = { c = 3; }; a = 1; })
]
