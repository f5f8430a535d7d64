// The order of https://github.com/facette/natsort, which Prometheus sorts labels by.

function isDigit(char: string): boolean {
  return char >= '0' && char <= '9';
}

/** Where the number at a place begins and ends. Leading zeros are passed over, so that what stands behind them is taken for its first digit even when it is none. */
function numberAt(text: string, at: number): readonly [start: number, end: number] {
  let start = at;
  while (text.charAt(start) === '0' && start + 1 < text.length) {
    start += 1;
  }
  let end = start + 1;
  while (isDigit(text.charAt(end))) {
    end += 1;
  }
  return [start, end];
}

/** Compares texts so that numbers in them are in order: `a2` before `a10`. Zero where neither goes first. */
export function compareNaturally(a: string, b: string): number {
  let [atA, atB] = [0, 0];
  while (atA < a.length && atB < b.length) {
    const [charA, charB] = [a.charAt(atA), b.charAt(atB)];
    if (isDigit(charA) && isDigit(charB)) {
      const [startA, endA] = numberAt(a, atA);
      const [startB, endB] = numberAt(b, atB);
      const order = endA - startA - (endB - startB) || compareTexts(a.slice(startA, endA), b.slice(startB, endB));
      if (order !== 0) {
        return order;
      }
      [atA, atB] = [endA, endB];
    } else if (charA !== charB) {
      return compareTexts(charA, charB);
    } else {
      atA += 1;
      atB += 1;
    }
  }
  return a.length - atA - (b.length - atB);
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
