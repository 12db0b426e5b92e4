builtins.parseFlakeRef "/a?rev={"
