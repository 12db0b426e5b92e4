({ outPath = "/out"; } + "/bin") + ("" + { outPath = "x"; })
