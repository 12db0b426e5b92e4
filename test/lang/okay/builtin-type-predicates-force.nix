map (predicate: builtins.tryEval (predicate (throw "no"))) [
  builtins.isAttrs builtins.isBool builtins.isFloat builtins.isFunction builtins.isInt
  builtins.isList builtins.isNull builtins.isPath builtins.isString builtins.typeOf
]
