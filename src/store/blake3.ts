// BLAKE3 with its default length of 32 bytes, which node:crypto does not have: a tree of chunks of 1,024 bytes, whose
// nodes are 16 words mixed in seven rounds (https://github.com/BLAKE3-team/BLAKE3-specs).

const initial = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
] as const;
const permutation = [2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8] as const;
const rounds = 7;
/** Which words of the block each round takes: every round permutes those of the round before. */
const schedule = Array.from({ length: rounds - 1 }).reduce<number[][]>(
  (all) => [...all, permutation.map((index) => all.at(-1)![index]!)],
  [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]],
);
const blockLength = 64;
const chunkLength = 1024;
const chunkStart = 1;
const chunkEnd = 2;
const parent = 4;
const root = 8;

/** What a node of the tree is made from; its value depends on whether it is the root. */
interface TreeNode {
  readonly chaining: ArrayLike<number>;
  readonly block: Uint32Array;
  readonly blockLength: number;
  /** The number of the chunk. */
  readonly counter: number;
  readonly flags: number;
}

/** Hashes contents that come in pieces. */
export class Blake3 {
  /** The values of whole subtrees, largest first: one for every bit of the number of chunks. */
  private readonly subtrees: Uint32Array[] = [];
  private chunkCount = 0;
  private readonly chunk = new Uint8Array(chunkLength);
  private filled = 0;

  update(bytes: Uint8Array): this {
    for (let at = 0; at < bytes.length; ) {
      // The last chunk is the one that may be the root, so it is kept until more comes.
      if (this.filled === chunkLength) this.finishChunk();
      const part = bytes.subarray(at, at + chunkLength - this.filled);
      this.chunk.set(part, this.filled);
      this.filled += part.length;
      at += part.length;
    }
    return this;
  }

  /** May be called once. */
  digest(): Uint8Array {
    let node = chunkNode(this.chunk.subarray(0, this.filled), this.chunkCount);
    for (const left of this.subtrees.toReversed()) node = parentNode(left, valueOfNode(node));
    const words = valueOfNode({ ...node, flags: node.flags | root });
    const digest = new Uint8Array(32);
    const view = new DataView(digest.buffer);
    for (const [index, word] of words.entries()) view.setUint32(4 * index, word, true);
    return digest;
  }

  private finishChunk(): void {
    let value = valueOfNode(chunkNode(this.chunk, this.chunkCount));
    this.chunkCount++;
    this.filled = 0;
    for (let count = this.chunkCount; count % 2 === 0; count /= 2) {
      value = valueOfNode(parentNode(this.subtrees.pop() as Uint32Array, value));
    }
    this.subtrees.push(value);
  }
}

/** The last block of a chunk, with what came before it. */
function chunkNode(chunk: Uint8Array, counter: number): TreeNode {
  let chaining: ArrayLike<number> = initial;
  let flags = chunkStart;
  let at = 0;
  for (; at + blockLength < chunk.length; at += blockLength) {
    const block = wordsOf(chunk.subarray(at, at + blockLength));
    chaining = valueOfNode({ chaining, block, blockLength, counter, flags });
    flags = 0;
  }
  const last = chunk.subarray(at);
  return { chaining, block: wordsOf(last), blockLength: last.length, counter, flags: flags | chunkEnd };
}

function parentNode(left: Uint32Array, right: Uint32Array): TreeNode {
  const block = new Uint32Array(16);
  block.set(left);
  block.set(right, 8);
  return { chaining: initial, block, blockLength, counter: 0, flags: parent };
}

/** Little-endian words; what is missing is zero. */
function wordsOf(bytes: Uint8Array): Uint32Array {
  const words = new Uint32Array(16);
  for (let i = 0; i < bytes.length; i++) words[i >> 2]! |= bytes[i]! << (8 * (i & 3));
  return words;
}

/** The first half of what the compression function gives. */
function valueOfNode(node: TreeNode): Uint32Array {
  const { block } = node;
  const state = new Uint32Array(16);
  state.set(node.chaining);
  state.set(initial.slice(0, 4), 8);
  state[12] = node.counter;
  state[13] = Math.floor(node.counter / 2 ** 32);
  state[14] = node.blockLength;
  state[15] = node.flags;
  for (const order of schedule) {
    const word = (index: number): number => block[order[index]!]!;
    // The columns of the state, then its diagonals.
    mix(state, 0, 4, 8, 12, word(0), word(1));
    mix(state, 1, 5, 9, 13, word(2), word(3));
    mix(state, 2, 6, 10, 14, word(4), word(5));
    mix(state, 3, 7, 11, 15, word(6), word(7));
    mix(state, 0, 5, 10, 15, word(8), word(9));
    mix(state, 1, 6, 11, 12, word(10), word(11));
    mix(state, 2, 7, 8, 13, word(12), word(13));
    mix(state, 3, 4, 9, 14, word(14), word(15));
  }
  const value = state.slice(0, 8);
  for (let i = 0; i < 8; i++) value[i]! ^= state[i + 8]!;
  return value;
}

function mix(state: Uint32Array, a: number, b: number, c: number, d: number, first: number, second: number): void {
  state[a] = state[a]! + state[b]! + first;
  state[d] = rotate(state[d]! ^ state[a]!, 16);
  state[c] = state[c]! + state[d]!;
  state[b] = rotate(state[b]! ^ state[c]!, 12);
  state[a] = state[a]! + state[b]! + second;
  state[d] = rotate(state[d]! ^ state[a]!, 8);
  state[c] = state[c]! + state[d]!;
  state[b] = rotate(state[b]! ^ state[c]!, 7);
}

/** To the right. */
function rotate(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}
