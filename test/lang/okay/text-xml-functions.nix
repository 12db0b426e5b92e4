builtins.toXML [ (x: x) ({ a, b ? 1 }: a) ({ a, ... }: a) (args@{ a }: a) ({ }: 1) ({ ... }: 1) ]
