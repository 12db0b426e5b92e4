(throw "no function") 1
