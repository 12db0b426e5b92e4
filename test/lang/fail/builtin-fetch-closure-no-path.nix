builtins.fetchClosure { fromStore = "https://localhost"; }
