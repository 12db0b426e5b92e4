builtins.stringLength (builtins.fromJSON "\"\\b\\f\"")
