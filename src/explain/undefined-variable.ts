// A name that means nothing where it stands: what it could have been.
import { AttrSet } from "../value/attr-set.ts";
import type { CodeLabel, Explanation, Suggestion } from "./diagnostic.ts";
import { type ErrorCase, label, type Placed, textOfNode } from "./error-case.ts";
import { builtinNames, forcedValue, foreignWords, libraryNames } from "./known-names.ts";
import { nearNames, oneOf } from "./near-names.ts";
import { suggestReplacing } from "./rewriting.ts";
import { definitionsOf, nameOf, visibleDefinitions, withsAround } from "./scope.ts";
import type { AttrNameNode, AttrsNode, LambdaNode, SyntaxNode, VariableNode } from "./syntax-node.ts";
import { allNodes, ancestorsOf } from "./syntax-search.ts";

export function explainUndefinedVariable(error: ErrorCase): Explanation | undefined {
  const name = /^undefined variable '(.*)'$/s.exec(error.message)?.[1];
  const { pos } = error.error;
  const variable = error.nodeAt(pos, "variable") ?? error.nodeAt(pos, "attrName");
  if (name === undefined || variable === undefined) return undefined;
  return new Search(error, name, variable).explain();
}

class Search {
  private readonly error: ErrorCase;
  private readonly name: string;
  private readonly variable: Placed<VariableNode | AttrNameNode>;
  private readonly labels: CodeLabel[] = [];
  private readonly notes: string[] = [];
  private readonly suggestions: Suggestion[] = [];

  constructor(error: ErrorCase, name: string, variable: Placed<VariableNode | AttrNameNode>) {
    this.error = error;
    this.name = name;
    this.variable = variable;
  }

  explain(): Explanation {
    this.labelWiths();
    const isKnown = this.isSibling() || this.isForeignWord() || this.isSubtraction();
    if (!isKnown) {
      this.suggestMember();
      if (!this.suggestions.some(({ edit }) => edit !== undefined)) this.suggestNear();
      this.lookElsewhere();
      if (this.suggestions.length === 0) this.suggestText();
    }
    return {
      primary: label(this.variable, "nothing of this name is in scope here"),
      labels: this.labels,
      notes: this.notes,
      suggestions: this.suggestions,
    };
  }

  private get isInherited(): boolean {
    return this.variable.node.kind === "attrName";
  }

  private replace(text: string, replacement: string): void {
    if (this.isInherited && !/^[\w'-]+$/.test(replacement)) this.suggestions.push({ text });
    else this.suggestions.push(suggestReplacing(this.variable, replacement, text));
  }

  /** The sets of `with`, in which it was looked for too. */
  private labelWiths(): void {
    const { source, node } = this.variable;
    for (const { set } of withsAround(node).slice(0, 2)) {
      this.labels.push(label({ source, node: set }, `no '${this.name}' in this set either`));
    }
  }

  /** Attributes see each other only in a `rec`. */
  private isSibling(): boolean {
    const { source, node } = this.variable;
    for (const around of ancestorsOf(node)) {
      if (around.kind !== "attrs" || around.isRecursive) continue;
      const sibling = definitionsOf(around.bindings).find((definition) => nameOf(definition) === this.name);
      if (sibling === undefined || isWithin(node, sibling.name)) continue;
      this.labels.push(label({ source, node: sibling.name }, "an attribute of this name is defined here"));
      this.notes.push("the attributes of a set do not see each other, unless it is written `rec { ... }`");
      this.suggestRec(around);
      return true;
    }
    return false;
  }

  private suggestRec({ start }: AttrsNode): void {
    const { source } = this.variable;
    this.suggestions.push({
      text: "make the set recursive",
      edit: { range: { source, start, end: start }, replacement: "rec " },
    });
  }

  private isForeignWord(): boolean {
    const word = foreignWords.get(this.name);
    if (word === undefined) return false;
    const isWritten = /^[\w.']+$|^[&|!]+$/.test(word);
    if (isWritten && word !== "self") this.replace(`in Nix it is written \`${word}\``, word);
    else this.suggestions.push({ text: `in Nix it is ${isWritten ? `often called \`${word}\`` : word}` });
    return true;
  }

  /** `a-b` is one name. */
  private isSubtraction(): boolean {
    if (this.isInherited) return false;
    const known = new Set(this.names());
    for (let at = this.name.indexOf("-"); at >= 0; at = this.name.indexOf("-", at + 1)) {
      const left = this.name.slice(0, at);
      const right = this.name.slice(at + 1);
      if (!known.has(left) || !(known.has(right) || /^[0-9]+$/.test(right))) continue;
      this.notes.push("a `-` within a name is part of the name");
      this.replace("for a subtraction, put spaces around the minus", `${left} - ${right}`);
      return true;
    }
    return false;
  }

  private suggestNear(): void {
    const near = [...new Set([...nearNames(this.names(), this.name), ...this.error.error.suggestions])].slice(0, 4);
    const [best] = near;
    if (best === undefined) return;
    this.replace(`did you mean ${oneOf(near)}?`, best);
    const definition = visibleDefinitions(this.variable.node).find((candidate) => nameOf(candidate) === best);
    if (definition !== undefined) {
      this.labels.push(label({ source: this.variable.source, node: definition.name }, `'${best}' is defined here`));
    }
  }

  /** Everything that can be used here without a prefix. */
  private names(): string[] {
    const { subject, interpreter } = this.error;
    const sets = Array.isArray(subject) ? subject.map((lazy) => forcedValue(lazy)) : [];
    return [
      ...visibleDefinitions(this.variable.node).map(nameOf),
      ...sets.flatMap((set) => (set instanceof AttrSet ? set.names : [])),
      ...this.preludeNames,
      ...[...interpreter.globals.keys()].filter((name) => !name.startsWith("__")),
    ];
  }

  private get preludeNames(): readonly string[] {
    return this.error.namesAt(this.error.error.pos);
  }

  /** Members of `builtins` and lib need their prefix. */
  private suggestMember(): void {
    const { interpreter } = this.error;
    const visible = new Set([...visibleDefinitions(this.variable.node).map(nameOf), ...this.preludeNames]);
    if (this.name === "mkDerivation" && this.names().includes("stdenv")) {
      this.replace("it is a function of stdenv", "stdenv.mkDerivation");
      return;
    }
    if (builtinNames(interpreter).includes(this.name)) {
      this.replace("it is one of the builtins", `builtins.${this.name}`);
      return;
    }
    const lib = libraryNames(interpreter);
    const prefix = visible.has("lib") ? "lib" : visible.has("pkgs") ? "pkgs.lib" : undefined;
    if (lib.includes(this.name)) {
      if (prefix !== undefined) this.replace("it is a function of lib", `${prefix}.${this.name}`);
      else
        this.suggestions.push({ text: `nixpkgs has it as \`lib.${this.name}\`, but there is no 'lib' in scope here` });
      return;
    }
    if (nearNames(this.names(), this.name).length > 0) return;
    const [builtin] = nearNames(builtinNames(interpreter), this.name);
    const [member] = prefix === undefined ? [] : nearNames(lib, this.name);
    if (builtin !== undefined) this.replace(`did you mean the builtin '${builtin}'?`, `builtins.${builtin}`);
    else if (member !== undefined) this.replace(`did you mean lib's '${member}'?`, `${prefix}.${member}`);
  }

  /** Other places where the name is defined, and the function that could take it as an argument. */
  private lookElsewhere(): void {
    const { source, node } = this.variable;
    const root = rootOf(node);
    if (this.suggestions.length === 0) {
      const elsewhere = definitionElsewhere(root, this.name, node);
      if (elsewhere !== undefined) {
        this.labels.push(label({ source, node: elsewhere }, "defined here, but that cannot be seen from there"));
      }
    }
    const taking = functionTaking(node);
    if (taking === undefined || !usualArguments.has(this.name)) return;
    const { formals } = taking;
    const last = formals?.list.at(-1);
    if (formals === undefined) return;
    const at = last?.end ?? formals.start + 1;
    this.suggestions.push({
      text: `the function does not take '${this.name}': add it to its arguments`,
      edit: {
        range: { source, start: at, end: at },
        replacement: last === undefined ? ` ${this.name}${formals.hasEllipsis ? "," : ""} ` : `, ${this.name}`,
      },
    });
  }

  private suggestText(): void {
    if (this.preludeNames.includes("hostProgram") && /^[\w'-]+$/.test(this.name)) {
      this.replace("for a program of this machine that is in PATH", `(hostProgram "${this.name}")`);
    }
    const { node } = this.variable;
    const isValue = node.kind === "variable" && (node.parent?.kind === "binding" || node.parent?.kind === "list");
    if (isValue) this.replace("if it is meant as text, put it in quotes", `"${textOfNode(this.variable)}"`);
  }
}

/** What functions of nixpkgs are usually given. */
const usualArguments: ReadonlySet<string> = new Set(
  ["lib", "pkgs", "config", "options", "modulesPath", "stdenv", "inputs", "self", "system"].concat([
    "fetchurl",
    "fetchFromGitHub",
    "callPackage",
    "writeText",
    "writeScript",
    "runCommand",
    "hostProgram",
  ]),
);

function isWithin(node: SyntaxNode, other: SyntaxNode): boolean {
  return other.start <= node.start && node.end <= other.end;
}

function rootOf(node: SyntaxNode): SyntaxNode {
  return node.parent === undefined ? node : rootOf(node.parent);
}

function definitionElsewhere(root: SyntaxNode, name: string, from: SyntaxNode): SyntaxNode | undefined {
  for (const node of allNodes(root)) {
    if (node.kind === "let" || (node.kind === "attrs" && node.isRecursive)) {
      const found = definitionsOf(node.bindings).find((definition) => nameOf(definition) === name);
      if (found !== undefined && !isWithin(from, found.name)) return found.name;
    }
    if (node.kind === "name" && node.name === name) return node;
  }
  return undefined;
}

/** The outermost function with named arguments around a node. */
function functionTaking(node: SyntaxNode): LambdaNode | undefined {
  return [...ancestorsOf(node)].findLast(
    (around): around is LambdaNode => around.kind === "lambda" && around.formals !== undefined,
  );
}
