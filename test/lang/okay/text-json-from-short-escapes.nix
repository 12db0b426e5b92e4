builtins.fromJSON "\"\\\" \\\\ \\/ \\n \\r \\t\""
