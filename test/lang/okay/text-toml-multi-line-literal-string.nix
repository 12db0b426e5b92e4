builtins.fromTOML "a = '''
\\n stays
  ''here''
'''
"
