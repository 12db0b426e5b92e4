with { }; [ __proto__ ]
