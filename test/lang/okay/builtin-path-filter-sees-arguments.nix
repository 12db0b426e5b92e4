builtins.path {
  path = ../files/tree;
  name = "tree";
  filter = path: type: builtins.trace "${baseNameOf path} is ${type}" (type != "directory");
}
