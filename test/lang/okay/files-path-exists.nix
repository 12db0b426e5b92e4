map builtins.pathExists [
  ../files/tree
  ../files/tree/none
  ../files/tree/dangling
  ../files/tree/link
  ../files/tree/folder-link/b.txt
  "${toString ../files/tree}/"
  "${toString ../files/tree/sub}/."
  "${toString ../files/tree/a.txt}/"
  "${toString ../files/tree/folder-link}/"
  "${toString ../files/tree/dangling}/"
  "${toString ../files/tree/a.txt}/.."
  { outPath = "${toString ../files/tree/a.txt}/"; }
]
