(throw "no set").a.b
