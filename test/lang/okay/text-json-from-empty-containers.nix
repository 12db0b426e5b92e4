builtins.fromJSON "[{}, [], [[]], {\"\": {}}]"
