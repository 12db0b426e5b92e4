let s = "text"; in s.length
