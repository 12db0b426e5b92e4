with { a = throw "from with"; }; a - 1
