// `sort`. Which items a program's own order is asked to compare, and in what sequence, can be seen (by traces and by
// which error comes first), so this is C++ Nix's algorithm: peeksort, a stable merge sort that looks for runs (Munro and
// Wild, "Nearly-Optimal Mergesorts", 2018), with insertion sort for short ranges. Any order is safe, a senseless one too.
import { applyTwo } from "../evaluator/call.ts";
import { isLess } from "../evaluator/comparison.ts";
import { expectBool, expectFunction, expectList } from "../evaluator/expect.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { noPos } from "../source/position.ts";
import { Builtin, type BuiltinDefinition } from "../value/function.ts";
import { force } from "../value/thunk.ts";
import type { Lazy, NixList, Value } from "../value/value.ts";

/** Whether the first value has to stand before the second. */
type Order = (a: Lazy, b: Lazy) => boolean;

export const sortingBuiltins: readonly BuiltinDefinition<Interpreter>[] = [
  {
    name: "sort",
    parameters: ["comparator", "list"],
    doc: "The list in the order of a function that says whether its first argument is less than its second. Stable.",
    run: (interpreter, _pos, comparator: Lazy, list: Lazy) => {
      const items = expectList(
        interpreter,
        list,
        noPos,
        "while evaluating the second argument passed to builtins.sort",
      );
      if (items.length === 0) return items;
      const fn = expectFunction(
        interpreter,
        comparator,
        noPos,
        "while evaluating the first argument passed to builtins.sort",
      );
      if (fn instanceof Builtin && fn.name === "lessThan") {
        const values = items.map((item) => force(item));
        const purpose = "while evaluating the ordering function passed to builtins.sort";
        return sortPrimitives(values) ?? peekSort([...items], (a, b) => isLess(interpreter, a, b, noPos, purpose));
      }
      for (let i = 0; i < items.length; i++) force(items[i] as Lazy);
      return peekSort([...items], (a, b) => {
        const verdict = applyTwo(interpreter, fn, a, b, noPos);
        const purpose = "while evaluating the return value of the sorting function passed to builtins.sort";
        return expectBool(interpreter, verdict, noPos, purpose);
      });
    },
  },
];

/** Sorts strings without context, or small integers; undefined for anything else. Equal ones cannot be told apart. */
function sortPrimitives(values: Value[]): NixList | undefined {
  if (values.every((value) => typeof value === "number")) return values.sort((a, b) => a - b);
  if (values.every((value) => typeof value === "string")) return values.sort();
  return undefined;
}

const shortRange = 16;

/** Sorts in place and gives the array back. */
function peekSort(items: Lazy[], isBefore: Order): Lazy[] {
  const { length } = items;
  if (length === 2) {
    if (isBefore(items[1] as Lazy, items[0] as Lazy)) items.reverse();
  } else if (length > 2) {
    new PeekSort(items, isBefore).sort(0, length, 0, length);
  }
  return items;
}

class PeekSort {
  private readonly items: Lazy[];
  private readonly isBefore: Order;
  private readonly buffer: Lazy[] = [];

  constructor(items: Lazy[], isBefore: Order) {
    this.items = items;
    this.isBefore = isBefore;
  }

  /** Sorts from `start` to `end`, knowing that `start` to `leftEnd` and `rightStart` to `end` are runs already. */
  sort(start: number, end: number, leftEnd: number, rightStart: number): void {
    if (leftEnd === end || rightStart === start) return;
    if (end - start <= shortRange) {
      this.insertionSort(start, end);
      return;
    }
    const middle = start + ((end - start) >> 1);
    if (middle <= leftEnd) {
      this.sort(leftEnd, end, leftEnd + 1, rightStart);
      this.merge(start, leftEnd, end);
      return;
    }
    if (middle >= rightStart) {
      this.sort(start, rightStart, leftEnd, rightStart - 1);
      this.merge(start, rightStart, end);
      return;
    }
    // The run around the middle, as far as it goes on both sides.
    const falling = this.isInverted(middle);
    const runStart = this.findRunStart(leftEnd, middle, falling);
    const runEnd = this.findRunEnd(middle - 1, rightStart, falling);
    if (falling) this.reverse(runStart, runEnd);
    if (runStart === start && runEnd === end) return;
    if (middle - runStart < runEnd - middle) {
      this.sort(start, runStart, leftEnd, runStart - 1);
      this.sort(runStart, end, runEnd, rightStart);
      this.merge(start, runStart, end);
    } else {
      this.sort(start, runEnd, leftEnd, runStart);
      this.sort(runEnd, end, runEnd + 1, rightStart);
      this.merge(start, runEnd, end);
    }
  }

  /** Whether the item belongs before the one that it stands behind. */
  private isInverted(index: number): boolean {
    return this.isBefore(this.items[index] as Lazy, this.items[index - 1] as Lazy);
  }

  private findRunStart(first: number, end: number, falling: boolean): number {
    let start = end - 1;
    while (start > first && this.isInverted(start) === falling) start--;
    return start;
  }

  private findRunEnd(start: number, last: number, falling: boolean): number {
    let end = start + 1;
    while (end < last && this.isInverted(end) === falling) end++;
    return end;
  }

  private reverse(start: number, end: number): void {
    const { items } = this;
    for (let i = start, j = end - 1; i < j; i++, j--) {
      const item = items[i] as Lazy;
      items[i] = items[j] as Lazy;
      items[j] = item;
    }
  }

  private insertionSort(start: number, end: number): void {
    const { items } = this;
    for (let next = start + 1; next < end; next++) {
      const item = items[next] as Lazy;
      let place = next;
      while (place > start && this.isBefore(item, items[place - 1] as Lazy)) {
        items[place] = items[place - 1] as Lazy;
        place--;
      }
      items[place] = item;
    }
  }

  private merge(start: number, middle: number, end: number): void {
    const { items, buffer } = this;
    for (let i = start; i < end; i++) buffer[i - start] = items[i] as Lazy;
    const leftEnd = middle - start;
    const rightEnd = end - start;
    let left = 0;
    let right = leftEnd;
    let next = start;
    while (left < leftEnd && right < rightEnd) {
      const takeRight = this.isBefore(buffer[right] as Lazy, buffer[left] as Lazy);
      items[next++] = (takeRight ? buffer[right++] : buffer[left++]) as Lazy;
    }
    while (left < leftEnd) items[next++] = buffer[left++] as Lazy;
    while (right < rightEnd) items[next++] = buffer[right++] as Lazy;
  }
}
