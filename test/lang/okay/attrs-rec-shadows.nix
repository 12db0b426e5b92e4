let a = "outer"; in rec { a = "inner"; b = a; c = { a = "innermost"; }.a; }
