{
  /** before the binding */
  plain = x: x;
  before = /** before the function */ x: x;
  /** outer */
  both = /** inner */ x: y: x;
  /** of all */
  curried = x: y: { z }: x;
  later = x: /** of the second */ y: z: x;
  /** of a function in parentheses */
  parenthesized = (x: x);
  /** with comments between */ # one
  /* two */
  apart = x: x;
  /** first */ /** second */
  twice = x: x;
  /*** three stars */
  stars = x: x;
  /**/
  empty = x: x;
  /***/
  star = x: x;
  /** of formals */
  formals = { a }@b: a;
  formalsBefore = /** before formals */ { a }: a;
  at = /** before the name */ b@{ a }: a;
  inside = (/** inside */ x: x);
  /** of a path */
  path.to."a b" = x: x;
  /** of an inherit */
  inherit (builtins) map;
  after = x: x;
  equals /** before the sign */ = x: x;
  /** of two
      lines */
  lines = x: x;
  /** of a let */
  scope = let y = 1; in x: y;
  choice = if true then x: x else x: x;
  merged = { f = x: x; };
  /** of a merged set */
  merged.g = x: x;
  ${"static"} = x: x;
  bound = let g = x: y: x; in g;
  applied = (x: y: x) 1;
  /** before a default */
  default = ({ f ? x: x }: f) { };
  unnamed = builtins.elemAt [ (x: x) ] 0;
  body = (let { body = x: x; });
  "a" = /** stars ** and / slashes **/ x: x;
  doubled = x: x: x;
}
