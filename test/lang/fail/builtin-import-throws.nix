import (throw "file")
