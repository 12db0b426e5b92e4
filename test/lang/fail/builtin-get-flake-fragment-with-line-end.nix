builtins.getFlake "a # note\nb"
