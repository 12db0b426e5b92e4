x: x { } = x
