map (builtins.match "(a(b)?)+") [ "aba" "ab" "aab" ]
