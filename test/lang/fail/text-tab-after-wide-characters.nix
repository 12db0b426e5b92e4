throw "漢字😀\t| é\t| é\t| ​\t|"
