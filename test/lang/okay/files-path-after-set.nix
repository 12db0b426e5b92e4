# What stands first decides whether a path is copied to the store or taken as text.
let set = { outPath = "x"; }; file = ../files/tree/a.txt; in
[ (set + file) ({ outPath = file; } + "y") (set + { outPath = file; }) ("x" + file) ("${set}" + file) (set + "" + file) ]
