builtins.head (map ({ a }: a) [ { } ])
