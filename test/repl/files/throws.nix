throw "not today"
