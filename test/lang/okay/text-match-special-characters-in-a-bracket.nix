map (builtins.match "[.*+?(){}|^$]+") [ "a" ".*+?(){}|^$" ]
