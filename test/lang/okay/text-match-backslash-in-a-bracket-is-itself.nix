map (builtins.match "[\\n]+") [ "\\n" "n\\" "\n" ]
