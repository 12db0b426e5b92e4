# The fallback is bound before the names of the path.
{ }.${missingInPath} or missingInFallback
