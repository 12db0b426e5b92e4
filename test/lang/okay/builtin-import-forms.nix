[ (import ../files/function.nix) (import (../files + "/function.nix") { a = 1; b = 2; }) (import ../files/tree/../function.nix { a = "a"; b = "b"; }) ]
