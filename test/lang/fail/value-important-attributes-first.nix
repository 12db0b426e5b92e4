"${{ a = 1; type = "t"; _type = "u"; b = 2; }}"
