assert throw "condition"; 1
