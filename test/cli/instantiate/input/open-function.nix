args@{ first, ... }: builtins.attrNames args
