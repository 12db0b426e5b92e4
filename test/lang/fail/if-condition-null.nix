let x = null; in { a = if x then 1 else 2; }
