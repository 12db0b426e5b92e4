{ inherit ({ }) __proto__ toString; }
