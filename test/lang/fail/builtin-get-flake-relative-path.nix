builtins.getFlake "not a reference"
