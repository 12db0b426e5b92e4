builtins.zipAttrsWith (name: values: 1) (throw "list")
