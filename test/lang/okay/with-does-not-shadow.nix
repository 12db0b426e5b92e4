let a = "let"; f = b: with { a = "with"; b = "with"; c = "with"; }; [ a b c ]; in f "arg"
