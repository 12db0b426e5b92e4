builtins.convertHash { hash = "900150983cd24fb0d6963f7d28e17f72"; toHashFormat = "sri"; }
