builtins.toXML {
  __proto__ = { constructor = x: x; };
  toString = { valueOf, __proto__ ? 1, ... }@hasOwnProperty: 1;
}
