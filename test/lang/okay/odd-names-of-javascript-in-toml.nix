[
  (fromTOML "__proto__ = 1\nconstructor.prototype = 2\n")
  (fromTOML "[__proto__]\na = 1\n[__proto__.__proto__]\na = 2\n[[toString]]\nvalueOf = { hasOwnProperty = 3 }\n")
]
