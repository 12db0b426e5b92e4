fetchTree "github:owner/repo"
