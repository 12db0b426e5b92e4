# Globals win over `with`, so the operator keeps its meaning.
with { __sub = a: b: "shadowed"; }; 5 - 3
