builtins.toXML (let d = derivation { name = "d"; builder = "b"; system = "s"; }; in [ d d { inherit d; } ])
