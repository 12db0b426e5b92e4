a'b: a'b
