# Attributes are forced in the order in which their names first appeared in the sources, not in that of the alphabet.
{ zebra = builtins.trace "zebra" 1; aardvark = builtins.trace "aardvark" 2; }
