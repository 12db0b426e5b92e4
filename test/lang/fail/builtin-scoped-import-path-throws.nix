scopedImport { } (throw "path")
