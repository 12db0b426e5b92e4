derivationStrict (throw "attributes")
