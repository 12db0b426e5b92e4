assert "a\n" == "b"; 1
