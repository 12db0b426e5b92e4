fetchTree null
