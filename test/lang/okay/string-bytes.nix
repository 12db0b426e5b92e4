[ (builtins.stringLength "é") (builtins.stringLength "日本") "日本" ("é" < "日") ]
