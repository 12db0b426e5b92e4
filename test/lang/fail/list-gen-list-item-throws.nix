builtins.genList (x: throw "item ${toString x}") 2
