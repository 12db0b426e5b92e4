derivationStrict "name"
