builtins.convertHash { hash = "sha1-2jmj7l5rSw0yVb/vlWAYkK/YBw"; toHashFormat = "base16"; }
