// https://doi.org/10.1145/360825.360855: Aho and Corasick, "Efficient string matching"

/** Says for a text which of many literals it contains, whatever the case of ASCII letters, in one pass. */
export interface LiteralIndex {
  /** Sets the bits of the ids whose literals the text contains. `bits` has one for each id, 32 in a number. */
  mark(text: string, bits: Int32Array): void;
}

const ASCII_COUNT = 128;
const UINT16_COUNT = 65_536;

/** Makes an index over pairs of a literal, in lower case and not empty, and what it stands for. */
export function createLiteralIndex(entries: ReadonlyMap<string, readonly number[]>): LiteralIndex {
  const classes = classesOf([...entries.keys()]);
  const trie = buildTrie(entries, classes);
  const { next, output, outputAfter } = linked(trie, classes.count);
  const { ascii, others, count } = classes;
  return {
    mark(text, bits) {
      let state = 0;
      for (let i = 0; i < text.length; i += 1) {
        const code = text.charCodeAt(i);
        const cls = code < ASCII_COUNT ? (ascii[code] ?? 0) : (others.get(code) ?? 0);
        state = next[state * count + cls] ?? 0;
        let found = outputAfter[state] ?? 0;
        while (found !== 0) {
          for (const id of output[found] ?? []) {
            bits[id >> 5] = (bits[id >> 5] ?? 0) | (1 << (id & 31));
          }
          found = trie.shorter[found] ?? 0;
        }
      }
    },
  };
}

/** Characters that no literal has are one class, 0: the automaton's rows stay short. */
interface CharacterClasses {
  readonly ascii: Uint8Array;
  readonly others: ReadonlyMap<number, number>;
  readonly count: number;
}

function classesOf(literals: readonly string[]): CharacterClasses {
  const codes = new Set<number>();
  for (const literal of literals) {
    for (let i = 0; i < literal.length; i += 1) {
      codes.add(literal.charCodeAt(i));
    }
  }
  const all = new Map([...codes].map((code, i) => [code, i + 1]));
  const ascii = new Uint8Array(ASCII_COUNT);
  for (let code = 0; code < ASCII_COUNT; code += 1) {
    ascii[code] = all.get(String.fromCharCode(code).toLowerCase().charCodeAt(0)) ?? 0;
  }
  return { ascii, others: all, count: codes.size + 1 };
}

interface Trie {
  /** Row of a state, column of a class; 0, the root, where there is no child. */
  readonly next: Uint16Array | Int32Array;
  /** What each state's whole path stands for. */
  readonly output: (readonly number[] | undefined)[];
  /** After linking: the next shorter state that stands for something. */
  readonly shorter: Int32Array;
  readonly states: number;
}

function buildTrie(entries: ReadonlyMap<string, readonly number[]>, classes: CharacterClasses): Trie {
  const { ascii, others, count } = classes;
  let statesMax = 1;
  for (const literal of entries.keys()) {
    statesMax += literal.length;
  }
  const next = new Int32Array(statesMax * count);
  const output: (readonly number[] | undefined)[] = [];
  let states = 1;
  for (const [literal, ids] of entries) {
    let state = 0;
    for (let i = 0; i < literal.length; i += 1) {
      const code = literal.charCodeAt(i);
      const edge = state * count + (ascii[code] ?? others.get(code) ?? 0);
      if (next[edge] === 0) {
        next[edge] = states;
        states += 1;
      }
      state = next[edge] ?? 0;
    }
    output[state] = ids;
  }
  const used = next.subarray(0, states * count);
  return {
    next: states <= UINT16_COUNT ? Uint16Array.from(used) : used.slice(),
    output,
    shorter: new Int32Array(states),
    states,
  };
}

/** Turns the trie into an automaton that never goes back in the text: missing children become those of the longest suffix that is a path, too. */
function linked(trie: Trie, count: number) {
  const { next, output, shorter, states } = trie;
  const suffix = new Int32Array(states);
  const outputAfter = new Int32Array(states);
  const queue = [0];
  for (const state of queue) {
    const fallback = suffix[state] ?? 0;
    shorter[state] = outputAfter[fallback] ?? 0;
    outputAfter[state] = output[state] === undefined ? (shorter[state] ?? 0) : state;
    for (let cls = 0; cls < count; cls += 1) {
      const child = next[state * count + cls] ?? 0;
      const ofFallback = state === 0 ? 0 : (next[fallback * count + cls] ?? 0);
      if (child === 0) {
        next[state * count + cls] = ofFallback;
      } else {
        suffix[child] = ofFallback;
        queue.push(child);
      }
    }
  }
  return { next, output, outputAfter };
}
