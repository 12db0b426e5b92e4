builtins.storePath ../files
