# A string on the left makes a string; the path's file would be copied to the store, so it is turned into text first.
"prefix:" + toString /a/b
