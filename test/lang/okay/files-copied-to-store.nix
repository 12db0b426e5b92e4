let tree = ../files/tree; in
[
  "${tree}"
  "${tree}/sub"
  "${tree + "/a.txt"}"
  "${tree + "/run"}"
  "${tree + "/link"}"
  "${tree + "/dangling"}"
  "${tree + "/folder-link/b.txt"}"
]
