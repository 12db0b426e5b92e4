derivationStrict (builtins.listToAttrs [ { name = "name"; value = ""; } ])
