builtins.zipAttrsWith (name: values: builtins.head values + 1) [ { a = "text"; } ]
