builtins.parseFlakeRef "/a#%4g"
