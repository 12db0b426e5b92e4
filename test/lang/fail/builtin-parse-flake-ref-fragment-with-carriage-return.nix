builtins.parseFlakeRef "/a#b\rc"
