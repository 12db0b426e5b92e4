map builtins.isInt [ 9223372036854775807 1.0 (1 / 1) (1 / 1.0) (builtins.ceil 1.5) ]
