{ foo = 1; }."f o"
