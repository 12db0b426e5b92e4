true -> throw "right side"
