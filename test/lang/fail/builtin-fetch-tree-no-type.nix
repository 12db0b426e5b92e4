fetchTree { url = "x"; }
