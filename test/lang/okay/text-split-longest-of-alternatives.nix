map (builtins.split "a|ab|abc") [ "xabcabx" ]
