{ ${null} = 1; ${if true then null else "a"} = 2; b = 3; }
