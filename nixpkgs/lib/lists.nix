# Lists. Where an order of elements or of comparisons shows in the result, it is nixpkgs' order.
{ lib }:
let
  inherit (builtins) elemAt genList length;
in
rec {
  inherit (builtins)
    all
    any
    concatLists
    concatMap
    elem
    filter
    groupBy
    head
    isList
    map
    partition
    sort
    tail
    ;
  inherit elemAt genList length;

  singleton = element: [ element ];
  forEach = list: function: map function list;
  replicate = count: element: genList (_: element) count;
  range = first: last: if last < first then [ ] else genList (offset: first + offset) (last - first + 1);
  toList = value: if isList value then value else [ value ];
  optional = condition: element: if condition then [ element ] else [ ];
  optionals = condition: elements: if condition then elements else [ ];

  # Lazy in the rest of the list, unlike `foldl'`.
  foldr =
    operator: initial: list:
    let
      count = length list;
      from = index: if index >= count then initial else operator (elemAt list index) (from (index + 1));
    in
    from 0;
  fold = lib.trivial.warn "lib.fold is deprecated; use lib.foldr" foldr;

  foldl =
    operator: initial: list:
    let
      upTo = count: if count == 0 then initial else operator (upTo (count - 1)) (elemAt list (count - 1));
    in
    upTo (length list);

  # Strict in the initial value too; the builtin is not.
  foldl' = operator: initial: list: builtins.seq initial (builtins.foldl' operator initial list);

  imap0 = function: list: genList (index: function index (elemAt list index)) (length list);
  imap1 = function: imap0 (index: function (index + 1));
  ifilter0 =
    predicate: list:
    map (elemAt list) (
      filter (index: predicate index (elemAt list index)) (genList (index: index) (length list))
    );

  flatten = value: if isList value then concatMap flatten value else [ value ];
  remove = element: filter (other: other != element);
  reverseList =
    list:
    let
      last = length list - 1;
    in
    genList (index: elemAt list (last - index)) (last + 1);
  count = predicate: list: length (filter predicate list);

  findSingle =
    predicate: default: multiple: list:
    let
      found = filter predicate list;
    in
    if found == [ ] then
      default
    else if length found == 1 then
      head found
    else
      multiple;

  # Looks at nothing after the first match, and does not recurse: lists may be longer than calls may nest.
  findFirstIndex =
    predicate: default: list:
    let
      step = found: index: if found == null && predicate (elemAt list index) then index else found;
      result = builtins.foldl' step null (genList (index: index) (length list));
    in
    if result == null then default else result;
  findFirst =
    predicate: default: list:
    let
      index = findFirstIndex predicate null list;
    in
    if index == null then default else elemAt list index;

  groupBy' =
    operator: initial: key: list:
    builtins.mapAttrs (_: foldl operator initial) (groupBy key list);

  zipListsWith =
    function: first: second:
    genList (index: function (elemAt first index) (elemAt second index)) (
      lib.trivial.min (length first) (length second)
    );
  zipLists = zipListsWith (fst: snd: { inherit fst snd; });

  sublist =
    start: count: list:
    let
      available = length list - start;
    in
    genList (index: elemAt list (start + index)) (
      if available <= 0 then
        0
      else if count > available then
        available
      else
        count
    );
  take = sublist 0;
  drop = count: list: sublist count (length list) list;
  takeEnd = count: list: drop (lib.trivial.max 0 (length list - count)) list;
  dropEnd = count: list: take (lib.trivial.max 0 (length list - count)) list;
  last =
    list:
    if list == [ ] then throw "lists.last: list must not be empty!" else elemAt list (length list - 1);
  init =
    list: if list == [ ] then throw "lists.init: list must not be empty!" else take (length list - 1) list;

  hasPrefix = prefix: list: take (length prefix) list == prefix;
  removePrefix =
    prefix: list:
    if hasPrefix prefix list then
      drop (length prefix) list
    else
      throw "lib.lists.removePrefix: First argument is not a list prefix of the second argument";
  commonPrefix =
    first: second:
    let
      same = zipListsWith (left: right: left == right) first second;
    in
    take (findFirstIndex (equal: !equal) (length same) same) first;

  sortOn =
    key: list:
    map (pair: pair.value) (
      sort (left: right: left.key < right.key) (
        map (value: {
          inherit value;
          key = key value;
        }) list
      )
    );
  compareLists =
    compare: left: right:
    let
      order = compare (head left) (head right);
    in
    if left == [ ] && right == [ ] then
      0
    else if left == [ ] then
      -1
    else if right == [ ] then
      1
    else if order != 0 then
      order
    else
      compareLists compare (tail left) (tail right);
  naturalSort =
    list:
    let
      chunks =
        text:
        map (part: if isList part then lib.strings.toInt (head part) else part) (
          builtins.split "(0|[1-9][0-9]*)" text
        );
      keyed = map (value: {
        inherit value;
        key = chunks value;
      }) list;
      before = left: right: compareLists lib.trivial.compare left.key right.key < 0;
    in
    map (entry: entry.value) (sort before keyed);

  unique = builtins.foldl' (seen: element: if elem element seen then seen else seen ++ [ element ]) [ ];
  uniqueStrings = list: builtins.attrNames (groupBy (text: text) list);
  allUnique = list: length (unique list) == length list;
  intersectLists = first: filter (element: elem element first);
  subtractLists = unwanted: filter (element: !(elem element unwanted));
  mutuallyExclusive = first: second: first == [ ] || !(any (element: elem element first) second);
  concatAttrValues = set: concatLists (builtins.attrValues set);
  crossLists =
    function:
    builtins.foldl' (partial: arguments: concatMap (apply: map apply arguments) partial) [ function ];

  replaceElemAt =
    list: index: element:
    if index < 0 || index >= length list then
      throw "'lists.replaceElemAt' called with index ${toString index} on a list of size ${toString (length list)}"
    else
      imap0 (position: old: if position == index then element else old) list;

  # Walks from the head of the list to whatever comes before it, until there is nothing before, or a cycle.
  listDfs =
    stopOnCycles: before: list:
    let
      walk =
        current: visited: rest:
        let
          loops = filter (element: before element current) visited;
          candidates = partition (element: before element current) rest;
        in
        if stopOnCycles && loops != [ ] then
          {
            cycle = current;
            inherit loops visited rest;
          }
        else if candidates.right == [ ] then
          {
            minimal = current;
            inherit visited rest;
          }
        else
          walk (head candidates.right) ([ current ] ++ visited) (tail candidates.right ++ candidates.wrong);
    in
    walk (head list) [ ] (tail list);

  toposort =
    before: list:
    let
      first = listDfs true before list;
      others = toposort before (first.visited ++ first.rest);
    in
    if length list <= 1 then
      { result = list; }
    else if first ? cycle then
      {
        cycle = reverseList ([ first.cycle ] ++ first.visited);
        inherit (first) loops;
      }
    else if others ? cycle then
      others
    else
      { result = [ first.minimal ] ++ others.result; };
}
