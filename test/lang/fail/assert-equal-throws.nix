assert { a = throw "left"; } == { a = 1; }; 1
