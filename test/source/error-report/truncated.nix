{
  a = {
    b = {
      c = {
        d = builtins.addErrorContext "while looking for the sea" (1 + { });
      };
    };
  };
}
