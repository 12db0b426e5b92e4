[ (let b = 0; in rec { a = 1; b = a; }) (rec { d = 1; c = d; }) (rec { e = f; f = 1; }) ]
