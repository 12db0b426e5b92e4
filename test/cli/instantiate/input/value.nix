{
  text = "tab\tquote\" dollar \${x} newline\n";
  list = [ 1 (1 + 1) "three" null true 4.5 ];
  nested.deep."with space" = { };
  function = x: x;
  builtin = builtins.map;
  partial = builtins.map (x: x);
  path = ./note.txt;
  if' = 1;
  "if" = 2;
}
