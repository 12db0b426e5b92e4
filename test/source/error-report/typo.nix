let
  config = { Entrypoint = [ "/bin/sh" ]; };
in
{ image = { inherit (config) Entrypoint; cmd = config.Entrypont; }; }
