map (builtins.split "[[:space:]]+") [ "  a  b  " ]
