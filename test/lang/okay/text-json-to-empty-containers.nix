builtins.toJSON [ [ ] { } [ [ ] ] { a = { }; } ]
