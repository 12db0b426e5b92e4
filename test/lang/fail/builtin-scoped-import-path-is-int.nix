scopedImport { } 1
