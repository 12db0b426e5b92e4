builtins.toJSON (map builtins.fromJSON [ "0.1" "0.30000000000000004" "4.9e-324" "1.7976931348623157e308" ])
