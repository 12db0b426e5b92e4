builtins.partition (x: true) [ (throw "item") ]
