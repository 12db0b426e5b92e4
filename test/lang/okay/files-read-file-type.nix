map (name: builtins.readFileType (../files/tree + "/${name}")) [ "a.txt" "run" "sub" "link" "dangling" "folder-link" ]
