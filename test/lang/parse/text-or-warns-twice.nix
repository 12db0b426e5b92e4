f: g: with { }; [ g or [ f or ] ]
