let
  text = ''{"__proto__":{"a":1},"constructor":[2],"toString":null,"__defineGetter__":{"__proto__":{}}}'';
  value = builtins.fromJSON text;
in
[ value (builtins.toJSON value) (value.__proto__.a) (builtins.attrNames value) ({ } ? a) ]
