{ found = "in search"; }
