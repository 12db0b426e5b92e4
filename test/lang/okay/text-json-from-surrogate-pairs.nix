map builtins.fromJSON [ ''"\ud83d\ude00"'' ''"\uD800\uDC00"'' ''"\udbff\udfff"'' ]
