builtins.fromTOML "a = \"\"\"one \\
    two\\   

  three\"\"\"
"
