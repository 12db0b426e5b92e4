map builtins.fromJSON [ ''"\u0041"'' ''"\u00e9"'' ''"\u20AC"'' ''"\uffff"'' ''"\u007f"'' ]
