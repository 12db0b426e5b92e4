// The keys that genericClosure has seen. Strings and small integers are looked up by hash. Other keys, and mixtures, go
// into a red-black tree as in C++ Nix's std::map: which keys are compared can be seen, because some cannot be.
import { isLess } from "../evaluator/comparison.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos } from "../source/position.ts";
import type { Value } from "../value/value.ts";

interface Node {
  readonly key: Value;
  readonly element: Value;
  red: boolean;
  parent: Node | undefined;
  left: Node | undefined;
  right: Node | undefined;
}

export class KeySet {
  private readonly interpreter: Interpreter;
  /** Set while all keys are primitives of this type. */
  private hashedType: "string" | "number" | undefined;
  private readonly hashed = new Set<Value>();
  /** The elements of these, in the same order. */
  private elements: Value[] = [];
  private root: Node | undefined;

  constructor(interpreter: Interpreter) {
    this.interpreter = interpreter;
  }

  /** Adds a key, for an element; false when it was there. Throws when keys cannot be compared. */
  add(key: Value, element: Value): boolean {
    const type = typeof key;
    if (this.root === undefined && (type === "string" || type === "number")) {
      this.hashedType ??= type;
      if (this.hashedType === type) {
        const { size } = this.hashed;
        this.hashed.add(key);
        if (this.hashed.size === size) return false;
        this.elements.push(element);
        return true;
      }
    }
    this.leaveHash();
    return this.insert(key, element);
  }

  /** The element of the smallest key that cannot be compared with this one. */
  findIncomparable(key: Value): Value | undefined {
    for (let node = leftmost(this.root); node !== undefined; node = successor(node)) {
      try {
        this.isLess(key, node.key);
      } catch (error) {
        if (!(error instanceof NixError)) throw error;
        return node.element;
      }
    }
    return undefined;
  }

  private leaveHash(): void {
    let index = 0;
    for (const key of this.hashed) this.insert(key, this.elements[index++] as Value);
    this.hashed.clear();
    this.elements = [];
  }

  private isLess(a: Value, b: Value): boolean {
    return isLess(this.interpreter, a, b, noPos, "");
  }

  private insert(key: Value, element: Value): boolean {
    let parent: Node | undefined;
    let node = this.root;
    let before = true;
    while (node !== undefined) {
      parent = node;
      before = this.isLess(key, node.key);
      node = before ? node.left : node.right;
    }
    const lower = before && parent !== undefined ? predecessor(parent) : parent;
    if (lower !== undefined && !this.isLess(lower.key, key)) return false;
    const added: Node = { key, element, red: true, parent, left: undefined, right: undefined };
    if (parent === undefined) this.root = added;
    else if (before) parent.left = added;
    else parent.right = added;
    this.rebalance(added);
    return true;
  }

  /** After an insertion: no red node may have a red parent. */
  private rebalance(added: Node): void {
    let node = added;
    while (node.parent?.red) {
      const parent: Node = node.parent;
      const grandparent = parent.parent as Node;
      const isLeft = parent === grandparent.left;
      const uncle = isLeft ? grandparent.right : grandparent.left;
      if (uncle?.red) {
        parent.red = false;
        uncle.red = false;
        grandparent.red = true;
        node = grandparent;
        continue;
      }
      let top = parent;
      if (node === (isLeft ? parent.right : parent.left)) {
        this.rotate(parent, isLeft);
        top = node;
        node = parent;
      }
      top.red = false;
      grandparent.red = true;
      this.rotate(grandparent, !isLeft);
    }
    (this.root as Node).red = false;
  }

  /** Puts the node's right (or left) child in its place and the node below it on the left (or right). */
  private rotate(node: Node, toLeft: boolean): void {
    const child = (toLeft ? node.right : node.left) as Node;
    const { parent } = node;
    const inner = toLeft ? child.left : child.right;
    if (toLeft) {
      node.right = inner;
      child.left = node;
    } else {
      node.left = inner;
      child.right = node;
    }
    if (inner !== undefined) inner.parent = node;
    child.parent = parent;
    node.parent = child;
    if (parent === undefined) this.root = child;
    else if (parent.left === node) parent.left = child;
    else parent.right = child;
  }
}

function leftmost(node: Node | undefined): Node | undefined {
  let current = node;
  while (current?.left !== undefined) current = current.left;
  return current;
}

function successor(node: Node): Node | undefined {
  if (node.right !== undefined) return leftmost(node.right);
  let current = node;
  while (current.parent !== undefined && current === current.parent.right) current = current.parent;
  return current.parent;
}

function predecessor(node: Node): Node | undefined {
  if (node.left !== undefined) {
    let current = node.left;
    while (current.right !== undefined) current = current.right;
    return current;
  }
  let current = node;
  while (current.parent !== undefined && current === current.parent.left) current = current.parent;
  return current.parent;
}
