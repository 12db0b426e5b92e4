# Snippets of text that name the snippets they need before them.
{ lib }:
rec {
  noDepEntry = text: {
    inherit text;
    deps = [ ];
  };
  fullDepEntry = text: deps: { inherit text deps; };
  packEntry = deps: {
    inherit deps;
    text = "";
  };
  stringAfter = deps: text: { inherit text deps; };

  # An element is a snippet, or the name of one in `known`, which is used once only.
  textClosureList =
    known: entries:
    let
      visit =
        state: entry:
        if builtins.isAttrs entry then
          let
            inner = builtins.foldl' visit (state // { texts = [ ]; }) entry.deps;
          in
          {
            inherit (inner) done;
            texts = state.texts ++ inner.texts ++ [ entry.text ];
          }
        else if state.done ? ${entry} then
          state
        else
          visit (state // { done = state.done // { ${entry} = true; }; }) known.${entry};
    in
    (builtins.foldl' visit {
      done = { };
      texts = [ ];
    } entries).texts;

  # `change` is applied to each text.
  textClosureMap =
    change: known: names:
    lib.strings.concatMapStringsSep "\n" change (textClosureList known names);
}
