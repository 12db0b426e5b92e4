{ a = 1; }.__proto__
