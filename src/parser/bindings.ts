// Attribute sets while they are built: attribute paths become nested sets, and sets that are defined in several places
// become one. The surprise: a `rec` on a later definition is lost, one on the first holds for all (NixOS/nix#9020).
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos, placeInSource, type Source, showOrigin } from "../source/position.ts";
import { printAttrName } from "../value/print.ts";
import type { AttrDef, AttrName, AttrsExpr, DynamicAttrDef, Expr, LambdaExpr } from "./ast.ts";
import { printAttrPath } from "./print-expr.ts";

export interface AttrsBuilder extends AttrsExpr {
  pos: Pos;
  recursive: boolean;
  readonly attrs: Map<string, AttrDef>;
  readonly dynamic: DynamicAttrDef[];
  readonly inheritFrom: Expr[];
}

export function newAttrs(): AttrsBuilder {
  return { kind: "attrs", pos: noPos, recursive: false, attrs: new Map(), dynamic: [], inheritFrom: [] };
}

/** Adds `path = value`. Every definition on the way has the position of the path. Throws when something is there. */
export function addBinding(
  attrs: AttrsBuilder,
  path: readonly AttrName[],
  pos: Pos,
  value: Expr,
  source: Source,
): void {
  const last = path.length - 1;
  for (let i = 0; i < last; i++) {
    const step = path[i]!;
    let nested: AttrsBuilder;
    if (step.kind === "dynamic") {
      nested = newAttrs();
      attrs.dynamic.push({ pos, name: step.expr, value: nested });
    } else {
      const present = attrs.attrs.get(step.name);
      if (present === undefined) {
        nested = newAttrs();
        attrs.attrs.set(step.name, { kind: "plain", pos, value: nested });
      } else if (isPlainSet(present)) nested = present.value;
      else throw alreadyDefined(path.slice(0, i + 1), pos, present.pos, source);
    }
    attrs = nested;
  }
  const step = path[last]!;
  if (step.kind === "dynamic") attrs.dynamic.push({ pos, name: step.expr, value });
  else addDefinition(attrs, path, step.name, { kind: "plain", pos, value }, source);
}

/** Adds `inherit name`, or with `from` one of `inherit (e) name`. */
export function addInherited(
  attrs: AttrsBuilder,
  name: string,
  pos: Pos,
  from: number | undefined,
  source: Source,
): void {
  const present = attrs.attrs.get(name);
  if (present !== undefined) {
    throw new NixError(
      "syntax",
      `attribute '${printAttrName(name)}' already defined at ${place(source, present.pos)}`,
      pos,
    );
  }
  const def: AttrDef =
    from === undefined
      ? { kind: "inherited", pos, value: { kind: "var", pos, name } }
      : { kind: "inheritedFrom", pos, name, from };
  attrs.attrs.set(name, def);
}

/** `path` ends in `name` and is for the message. */
function addDefinition(
  attrs: AttrsBuilder,
  path: readonly AttrName[],
  name: string,
  def: AttrDef,
  source: Source,
): void {
  const present = attrs.attrs.get(name);
  if (present === undefined) {
    attrs.attrs.set(name, def);
    if (def.kind === "plain") nameFunctions(def.value, name);
    return;
  }
  if (!isPlainSet(present) || !isPlainSet(def)) throw alreadyDefined(path, def.pos, present.pos, source);
  merge(present.value, def.value, path, source);
}

function merge(into: AttrsBuilder, added: AttrsBuilder, path: readonly AttrName[], source: Source): void {
  const shift = into.inheritFrom.length;
  const add = (name: string): void => {
    const def = added.attrs.get(name)!;
    const moved = def.kind === "inheritedFrom" ? { ...def, from: def.from + shift } : def;
    addDefinition(into, [...path, { kind: "static", pos: def.pos, name }], name, moved, source);
  };
  const shared: { readonly name: string; readonly pos: Pos }[] = [];
  for (const name of added.attrs.keys()) {
    const present = into.attrs.get(name);
    if (present === undefined) add(name);
    else shared.push({ name, pos: present.pos });
  }
  // Of several conflicts Nix reports the one whose first definition comes first.
  for (const { name } of shared.sort((a, b) => a.pos - b.pos)) add(name);
  for (const def of added.dynamic) into.dynamic.push(def);
  for (const from of added.inheritFrom) into.inheritFrom.push(from);
}

function isPlainSet(def: AttrDef): def is AttrDef & { kind: "plain"; value: AttrsBuilder } {
  return def.kind === "plain" && def.value.kind === "attrs";
}

/** A function is called what it is bound to, and so are the functions that it returns at once. */
function nameFunctions(value: Expr, name: string): void {
  for (let expr = value; expr.kind === "lambda"; expr = expr.body) expr.name = name;
}

/** Gives a function, and those that it returns at once, the doc comment; a nearer one wins. */
export function documentFunctions(value: Expr, doc: NonNullable<LambdaExpr["doc"]>): void {
  for (let expr = value; expr.kind === "lambda" && expr.doc === undefined; expr = expr.body) expr.doc = doc;
}

function alreadyDefined(path: readonly AttrName[], pos: Pos, previous: Pos, source: Source): NixError {
  return new NixError(
    "syntax",
    `attribute '${printAttrPath(path)}' already defined at ${place(source, previous)}`,
    pos,
  );
}

function place(source: Source, pos: Pos): string {
  const { line, column } = placeInSource(source, pos - source.base);
  return `${showOrigin(source.origin)}:${line}:${column}`;
}
