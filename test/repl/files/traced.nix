builtins.trace "evaluated" { traced = 1; }
