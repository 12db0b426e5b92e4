let config = { Entrypoint = 1; }; in { image = { inherit (config) Entrypoint; cmd = config.Entrypont; }; }
