throw "red [31mtext[0m and a bell "
