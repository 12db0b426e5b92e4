{ here = ./.; deep = throw "deep"; }
