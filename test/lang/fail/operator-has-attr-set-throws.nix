(throw "no set") ? a
