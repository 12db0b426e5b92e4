f: f or or
