# Recursion over sets: fixed points, overlays ("extensions": final: previous: changes) and sets that can be extended.
{ lib }:
rec {
  fix =
    function:
    let
      result = function result;
    in
    result;

  fix' = function: fix (result: function result // { __unfix__ = function; });

  converge =
    function: value:
    let
      next = function value;
    in
    if next == value then value else converge function next;

  extends =
    overlay: base: final:
    let
      previous = base final;
    in
    previous // overlay final previous;

  composeExtensions =
    inner: outer: final: previous:
    let
      changes = inner final previous;
    in
    changes // outer final (previous // changes);

  composeManyExtensions = lib.lists.foldr composeExtensions (_: _: { });

  makeExtensible = makeExtensibleWithCustomName "extend";

  makeExtensibleWithCustomName =
    extenderName: base:
    fix' (
      self:
      base self
      // {
        ${extenderName} = overlay: makeExtensibleWithCustomName extenderName (extends overlay base);
      }
    );

  # From a set, `previous: set` or `final: previous: set`.
  toExtension =
    change:
    if lib.trivial.isFunction change then
      final: previous:
      let
        applied = change previous;
      in
      if lib.trivial.isFunction applied then change final previous else applied
    else
      _: _: change;
}
