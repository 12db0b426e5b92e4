toString map
