builtins.fetchClosure { fromStore = "https://localhost"; store = 1; }
