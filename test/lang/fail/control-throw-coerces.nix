throw { outPath = "from a set"; }
