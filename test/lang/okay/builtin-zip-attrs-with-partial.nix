[ (builtins.zipAttrsWith (name: values: values)) (builtins.zipAttrsWith (name: values: throw "not called") [ ]) (builtins.zipAttrsWith (name: throw "not called") [ { } ]) ]
