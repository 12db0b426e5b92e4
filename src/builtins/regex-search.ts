// Runs an automaton as libstdc++ does: depth first, both sides of a `|` tried and the longer match kept, a repetition
// left early only when going on failed. libstdc++ takes exponential time for some expressions; here a text that takes
// long gets a memory of the branches that were tried, and of those from where nothing can match (regex-viability.ts),
// which gives the same result in time that grows with the text.
import { RegexError } from "./regex-error.ts";
import { type RegexProgram, stateCode } from "./regex-program.ts";
import { Viability } from "./regex-viability.ts";

/** Steps without memory: so many, and some more for every byte of the text. */
const freeSteps = 5_000;
const freeStepsPerByte = 8;
const maxMemoryBits = 2 ** 32;
/** How much is remembered of the counts of guarded repeats, in entries of keys; more than that is forgotten. */
const maxGuardMemory = 5_000_000;

// Kinds of frames on the stack. A frame is four numbers: the kind and up to three values.
const tryNext = 0;
const tryOtherSide = 1;
const mergeFound = 2;
const restoreSlot = 3;
const restoreGuard = 4;
const shortenRun = 5;
const finishBranch = 6;

const outOfSteps = -1;

/** Matches of one program in one text. */
export class RegexSearcher {
  private readonly program: RegexProgram;
  private readonly text: string;
  /** The slots of the last match: start and end of the match, then of every group; -1 for a group without part in it. */
  readonly best: Int32Array;
  private readonly slots: Int32Array;
  private readonly guards: GuardState;
  private memory: BranchMemory | undefined;
  private viability: Viability | undefined;
  private stepsLeft: number;
  private frames = new Int32Array(1024);
  private frameEnd = 0;

  constructor(
    program: RegexProgram,
    text: string,
    stepsWithoutMemory: number = freeSteps + freeStepsPerByte * text.length,
  ) {
    this.program = program;
    this.text = text;
    this.best = new Int32Array(program.slotCount);
    this.slots = new Int32Array(program.slotCount);
    this.guards = new GuardState(program.guardCount);
    this.stepsLeft = stepsWithoutMemory;
  }

  /**
   * The match that starts at `start`, into `best`. `toEnd`: it has to reach the end of the text; otherwise it is the
   * longest one tried. `notEmpty`: an empty one does not count. Throws RegexError when it would take too much memory.
   */
  matchAt(start: number, toEnd: boolean, notEmpty = false): boolean {
    if (this.memory === undefined) {
      const end = this.run(start, toEnd, notEmpty, undefined);
      if (end !== outOfSteps) return end !== undefined;
      this.memory = new BranchMemory(this.program, this.text.length);
      this.viability = Viability.of(this.program, this.text, toEnd);
    }
    if (this.viability?.has(this.program.start, start) === false) return false;
    this.memory.startRun();
    return this.run(start, toEnd, notEmpty, this.memory) !== undefined;
  }

  /** The end of the match. */
  private run(start: number, toEnd: boolean, notEmpty: boolean, memory: BranchMemory | undefined): number | undefined {
    const { program, text, slots, guards, viability } = this;
    const { codes, next, other, sets, runs } = program;
    const values = program.arguments;
    const textEnd = text.length;
    let bestEnd = -1;
    let found = false;
    let state = program.start;
    let at = start;
    slots.fill(-1);
    guards.clear();
    this.frameEnd = 0;
    for (;;) {
      for (;;) {
        const code = codes[state];
        if (code === stateCode.bytes) {
          if (at === textEnd || sets[values[state] as number]![text.charCodeAt(at)] === 0) break;
          at++;
        } else if (code === stateCode.slot) {
          const slot = values[state] as number;
          this.push(restoreSlot, slot, slots[slot] as number);
          slots[slot] = at;
        } else if (code === stateCode.lineStart) {
          if (at !== 0) break;
        } else if (code === stateCode.lineEnd) {
          if (at !== textEnd) break;
        } else if (code === stateCode.accept) {
          if ((toEnd && at !== textEnd) || (notEmpty && at === start)) break;
          found = true;
          if (at > bestEnd) {
            bestEnd = at;
            this.best.set(slots);
            if (at === textEnd) return at;
          }
          break;
        } else {
          let isNextViable = true;
          if (memory === undefined) {
            if (--this.stepsLeft < 0) return outOfSteps;
            const bytes = runs[state];
            if (bytes !== undefined) {
              const from = at;
              while (at < textEnd && bytes[text.charCodeAt(at)] === 1) at++;
              this.stepsLeft -= (at - from) >> 3;
              state = next[state] as number;
              if (at > from) this.push(shortenRun, state, at, from);
              continue;
            }
          } else {
            if (viability !== undefined) {
              const isOtherViable = viability.has(other[state] as number, at);
              isNextViable = viability.has(next[state] as number, at);
              if (!isOtherViable && !isNextViable) break;
              if (!isOtherViable) {
                state = next[state] as number;
                continue;
              }
            }
            const isStart = notEmpty && at === start;
            const known = memory.enter(state, at, isStart, guards);
            if (known !== undefined) {
              found = known;
              break;
            }
            this.push(finishBranch, 0);
          }
          if (code === stateCode.alternatives) {
            if (isNextViable) this.push(tryOtherSide, next[state] as number, at);
          } else {
            if (isNextViable) this.push(tryNext, next[state] as number, at);
            if (code === stateCode.guardedRepeat) {
              const guard = values[state] as number;
              const { positions, counts } = guards;
              const isHere = positions[guard] === at && counts[guard] !== 0;
              if (isHere && counts[guard] === 2) break;
              this.push(restoreGuard, guard, positions[guard] as number, counts[guard] as number);
              guards.enter(guard, at, isHere, program.regions[state] as number);
            }
          }
          state = other[state] as number;
          continue;
        }
        state = next[state] as number;
      }
      back: for (;;) {
        if (this.frameEnd === 0) return bestEnd < 0 ? undefined : bestEnd;
        this.frameEnd -= 4;
        const frame = this.frameEnd;
        const value = this.frames[frame + 1] as number;
        const position = this.frames[frame + 2] as number;
        switch (this.frames[frame]) {
          case tryNext:
            if (found) break;
            state = value;
            at = position;
            break back;
          case tryOtherSide:
            this.push(mergeFound, found ? 1 : 0);
            found = false;
            state = value;
            at = position;
            break back;
          case mergeFound:
            if (value === 1) found = true;
            break;
          case restoreSlot:
            slots[value] = position;
            break;
          case restoreGuard:
            guards.leave(value, position, this.frames[frame + 3] as number);
            break;
          case shortenRun:
            if (found) break;
            state = value;
            at = position - 1;
            if (at > (this.frames[frame + 3] as number)) this.frames[frame + 2] = at;
            else break back;
            this.frameEnd += 4;
            break back;
          default:
            (memory as BranchMemory).finish(found);
        }
      }
    }
  }

  private push(kind: number, first: number, second = 0, third = 0): void {
    const end = this.frameEnd;
    if (end + 4 > this.frames.length) {
      const larger = new Int32Array(this.frames.length * 2);
      larger.set(this.frames);
      this.frames = larger;
    }
    const { frames } = this;
    frames[end] = kind;
    frames[end + 1] = first;
    frames[end + 2] = second;
    frames[end + 3] = third;
    this.frameEnd = end + 4;
  }
}

/** How often each guarded repeat was entered at the position where it was entered last. */
class GuardState {
  readonly positions: Int32Array;
  readonly counts: Int32Array;
  /** The guards entered, oldest first, with the region each belongs to. */
  private readonly entered: number[] = [];
  private readonly regions: number[] = [];

  constructor(count: number) {
    this.positions = new Int32Array(count);
    this.counts = new Int32Array(count);
  }

  clear(): void {
    if (this.counts.length === 0) return;
    this.counts.fill(0);
    this.entered.length = 0;
    this.regions.length = 0;
  }

  enter(guard: number, position: number, again: boolean, region: number): void {
    this.positions[guard] = position;
    this.counts[guard] = again ? 2 : 1;
    this.entered.push(guard);
    this.regions.push(region);
  }

  leave(guard: number, position: number, count: number): void {
    this.positions[guard] = position;
    this.counts[guard] = count;
    this.entered.pop();
    this.regions.pop();
  }

  /** The guards of a region that were entered at a position, as they decide what can be entered still. */
  describe(region: number, position: number): number[] {
    const active: number[] = [];
    for (let i = this.entered.length - 1; i >= 0; i--) {
      const guard = this.entered[i] as number;
      if (this.regions[i] !== region || this.positions[guard] !== position) break;
      active.push(guard);
    }
    return active.sort((a, b) => a - b);
  }
}

/** What the runs in one text have learnt: branches from where there is no match, and those of this run where there is. */
class BranchMemory {
  private readonly program: RegexProgram;
  private readonly width: number;
  /** Where no run finds a match: a bit for every branch and position, and keys for the branches in guarded repeats. */
  private readonly failed: Uint8Array;
  private readonly failedGuarded = new Set<string>();
  /** What holds in this run only. */
  private readonly inRun = new Map<number | string, boolean>();
  /** The branches being tried, innermost last: their keys, and whether a failure holds for every run. */
  private readonly trying: (number | string)[] = [];
  private readonly lasting: boolean[] = [];
  private guardMemoryLeft = maxGuardMemory;

  constructor(program: RegexProgram, textLength: number) {
    this.program = program;
    this.width = textLength + 1;
    const bits = program.branchCount * this.width;
    if (bits > maxMemoryBits) throw new RegexError(true);
    this.failed = new Uint8Array(Math.ceil(bits / 8));
  }

  startRun(): void {
    this.inRun.clear();
    this.trying.length = 0;
    this.lasting.length = 0;
  }

  /** Whether there is a match from this branch, if that is known; else the branch is being tried until `finish`. */
  enter(state: number, at: number, isStart: boolean, guards: GuardState): boolean | undefined {
    const place = (this.program.branches[state] as number) * this.width + at;
    const region = this.program.regions[state] as number;
    const key = region === 0 ? place : this.guardedKey(place, region, at, guards);
    const isLasting = !isStart && (region === 0 || key !== place);
    const hasFailed = isLasting && (typeof key === "string" ? this.failedGuarded.has(key) : this.hasFailed(key));
    const known = hasFailed ? false : this.inRun.get(key);
    if (known !== undefined) return known;
    // Without the counts, a branch may come round to itself; that brings nothing new, so it counts as failed meanwhile.
    if (region !== 0 && key === place) this.inRun.set(key, false);
    this.trying.push(key);
    this.lasting.push(isLasting);
    return undefined;
  }

  finish(found: boolean): void {
    const key = this.trying.pop() as number | string;
    const isLasting = this.lasting.pop() === true;
    if (found || !isLasting) this.inRun.set(key, found);
    else if (typeof key === "string") this.failedGuarded.add(key);
    else this.failed[Math.floor(key / 8)]! |= 1 << (key % 8);
  }

  private guardedKey(place: number, region: number, at: number, guards: GuardState): number | string {
    if (this.guardMemoryLeft <= 0) return place;
    const active = guards.describe(region, at);
    this.guardMemoryLeft -= active.length + 1;
    return `${place}:${active.join()}`;
  }

  private hasFailed(place: number): boolean {
    return (((this.failed[Math.floor(place / 8)] as number) >> (place % 8)) & 1) === 1;
  }
}
