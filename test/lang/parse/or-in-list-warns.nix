let or = 1; in x: [ (f: f) or x ]
