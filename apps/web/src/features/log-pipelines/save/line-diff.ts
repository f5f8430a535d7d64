/** A line of two texts that are compared. */
export interface DiffLine {
  /** Of both, of the first alone, or of the second. */
  readonly side: 'both' | 'first' | 'second';
  readonly text: string;
}

/** Pairs of lines that are looked at; beyond it, what is between the same beginning and the same end counts as different. */
const PAIRS_MAX = 1_000_000;

const lineOf =
  (side: DiffLine['side']) =>
  (text: string): DiffLine => ({ side, text });

function countAlike(
  first: readonly string[],
  second: readonly string[],
  at: (list: readonly string[], index: number) => string | undefined,
): number {
  let count = 0;
  while (count < first.length && count < second.length && at(first, count) === at(second, count)) {
    count += 1;
  }
  return count;
}

/** The lengths of what is common of the rests from each pair of places on: https://en.wikipedia.org/wiki/Longest_common_subsequence */
function commonLengths(first: readonly string[], second: readonly string[]): readonly Uint32Array[] {
  const lengths = Array.from({ length: first.length + 1 }, () => new Uint32Array(second.length + 1));
  for (let at = first.length - 1; at >= 0; at -= 1) {
    for (let other = second.length - 1; other >= 0; other -= 1) {
      const row = lengths[at];
      const next = lengths[at + 1];
      if (row !== undefined && next !== undefined) {
        row[other] =
          first[at] === second[other] ? (next[other + 1] ?? 0) + 1 : Math.max(next[other] ?? 0, row[other + 1] ?? 0);
      }
    }
  }
  return lengths;
}

function middleDiff(first: readonly string[], second: readonly string[]): readonly DiffLine[] {
  if (first.length * second.length > PAIRS_MAX) {
    return [...first.map(lineOf('first')), ...second.map(lineOf('second'))];
  }
  const lengths = commonLengths(first, second);
  const lines: DiffLine[] = [];
  let at = 0;
  let other = 0;
  while (at < first.length || other < second.length) {
    if (at < first.length && first[at] === second[other]) {
      lines.push(lineOf('both')(first[at] ?? ''));
      at += 1;
      other += 1;
    } else if (at < first.length && (lengths[at + 1]?.[other] ?? 0) >= (lengths[at]?.[other + 1] ?? 0)) {
      lines.push(lineOf('first')(first[at] ?? ''));
      at += 1;
    } else if (other < second.length) {
      lines.push(lineOf('second')(second[other] ?? ''));
      other += 1;
    } else {
      lines.push(lineOf('first')(first[at] ?? ''));
      at += 1;
    }
  }
  return lines;
}

/** The lines of two texts in one order, with what is common as long as it can be. */
export function lineDiff(first: readonly string[], second: readonly string[]): readonly DiffLine[] {
  const head = countAlike(first, second, (list, index) => list[index]);
  const [rest, otherRest] = [first.slice(head), second.slice(head)];
  const tail = countAlike(rest, otherRest, (list, index) => list.at(-1 - index));
  return [
    ...first.slice(0, head).map(lineOf('both')),
    ...middleDiff(rest.slice(0, rest.length - tail), otherRest.slice(0, otherRest.length - tail)),
    ...rest.slice(rest.length - tail).map(lineOf('both')),
  ];
}
