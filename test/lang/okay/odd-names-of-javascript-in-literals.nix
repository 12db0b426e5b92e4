rec {
  __proto__ = { a = 1; };
  constructor = __proto__.a + 1;
  toString = constructor + 1;
  hasOwnProperty.valueOf = [ __proto__ constructor toString ];
  b = { inherit __proto__ constructor; } // { __proto__ = 5; };
  c = b ? __proto__ && !(b ? prototype) && { } ? toString == false;
}
