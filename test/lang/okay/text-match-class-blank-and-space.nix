map (builtins.match "[[:blank:]]+|([[:space:]]+)") [ " 	" "\n " ]
