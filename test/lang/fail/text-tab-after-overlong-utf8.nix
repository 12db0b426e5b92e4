throw "À€\t| à€€\t| ô€€\t|"
