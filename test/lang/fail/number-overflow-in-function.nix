let inc = x: x + 1; in inc 9223372036854775807
