{ __proto__ = 1; a = 2; __proto__ = 3; }
