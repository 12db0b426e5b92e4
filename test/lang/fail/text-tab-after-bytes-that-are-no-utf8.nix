throw "ÿÃ(õ€€€\t|"
