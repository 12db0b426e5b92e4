map builtins.break [ 1 "a" null [ ] ]
