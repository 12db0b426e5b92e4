assert { __proto__ = 1; } == { constructor = 1; }; 1
